package dev.frontdesk.testsupport.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * An unknown certificate authority, and a server's certificate for 127.0.0.1 that it signed, as PEM files. Created with
 * the JDK's own keytool.
 */
record Certificates(Path ca, Path certificate, Path key) {

    private static final String PASSWORD = "only-for-tests";

    static Certificates in(Path folder) {
        try {
            Files.createDirectories(folder);
            Path authority = folder.resolve("ca.p12");
            Path server = folder.resolve("server.p12");
            Path request = folder.resolve("server.csr");
            var made = existing(folder);
            keytool(authority, "-genkeypair", "-alias", "it", "-dname", "CN=Test CA", "-ext", "bc:c", "-keyalg", "EC");
            keytool(authority, "-exportcert", "-alias", "it", "-rfc", "-file", made.ca.toString());
            keytool(server, "-genkeypair", "-alias", "it", "-dname", "CN=redis", "-keyalg", "EC");
            keytool(server, "-certreq", "-alias", "it", "-file", request.toString());
            keytool(
                    authority,
                    "-gencert",
                    "-alias",
                    "it",
                    "-rfc",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-infile",
                    request.toString(),
                    "-outfile",
                    made.certificate.toString());
            var keys = KeyStore.getInstance(server.toFile(), PASSWORD.toCharArray());
            Files.writeString(
                    made.key, pem(keys.getKey("it", PASSWORD.toCharArray()).getEncoded()));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Files that were created there before. */
    static Certificates existing(Path folder) {
        return new Certificates(folder.resolve("ca.pem"), folder.resolve("server.pem"), folder.resolve("server.key"));
    }

    private static String pem(byte[] key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static void keytool(Path store, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
    }
}
