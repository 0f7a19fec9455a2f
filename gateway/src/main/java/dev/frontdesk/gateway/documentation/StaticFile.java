package dev.frontdesk.gateway.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The body of a response, with its type and its entity tag. */
final class StaticFile {

    private static final String FOLDER = "documentation/";

    private final MediaType type;
    private final byte[] content;
    private final String hash;

    StaticFile(MediaType type, byte[] content) {
        this.type = type;
        this.content = content;
        this.hash = HexFormat.of().formatHex(sha256().digest(content)).substring(0, 32);
    }

    /** One that the build has put into the jar. */
    static StaticFile packed(String name, MediaType type) {
        try {
            return new StaticFile(type, new ClassPathResource(FOLDER + name).getContentAsByteArray());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    byte[] content() {
        return content;
    }

    String hash() {
        return hash;
    }

    /** Spring answers 304 if the request names the entity tag. */
    ResponseEntity.BodyBuilder response(CacheControl cached) {
        return ResponseEntity.ok().contentType(type).eTag('"' + hash + '"').cacheControl(cached);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has it.
            throw new IllegalStateException(impossible);
        }
    }
}
