package dev.frontdesk.cache.entries;

import dev.frontdesk.cache.namespaces.EntriesProperties;
import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.web.ProblemException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reads an entry from a request, up to the maximum size of an entry. */
@Component
class EntryBodyReader {

    private final int maxBytes;

    EntryBodyReader(EntriesProperties properties) {
        this.maxBytes = Math.toIntExact(properties.maxSize().toBytes());
    }

    Mono<Entry> read(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String contentType = contentTypeIn(headers);
        refuseEncodings(headers);
        if (headers.getContentLength() > maxBytes) {
            // Refused without requesting the body at all.
            throw new DataBufferLimitException("An entry may have at most " + maxBytes + " bytes");
        }
        return DataBufferUtils.join(request.getBody(), maxBytes)
                .map(EntryBodyReader::bytesOf)
                .defaultIfEmpty(new byte[0])
                .map(body -> Entry.of(contentType, body));
    }

    private static String contentTypeIn(HttpHeaders headers) {
        String given = headers.getFirst(HttpHeaders.CONTENT_TYPE);
        if (given == null || given.isEmpty()) {
            return MediaType.APPLICATION_OCTET_STREAM_VALUE;
        }
        String type = ContentTypes.normalized(given);
        if (type == null) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The Content-Type is not a media type.");
        }
        return type;
    }

    /** The encoding is not stored, so a compressed body would be returned without its encoding. */
    private static void refuseEncodings(HttpHeaders headers) {
        if (headers.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the value without Content-Encoding.");
        }
        if (headers.containsHeader(HttpHeaders.CONTENT_RANGE)) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "Send the whole value, without Content-Range.");
        }
    }

    private static byte[] bytesOf(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
