import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.TreeSet;

/** java Generate.java OUT LIST…: makes the filter of breached passwords of files with one a line. See README.md. */
final class Generate {

    private static final double FALSE_POSITIVES = 1e-5;
    private static final int MAGIC = 0x46444246; // "FDBF"

    public static void main(String[] args) throws Exception {
        var passwords = new TreeSet<String>();
        for (int i = 1; i < args.length; i++) {
            read(Path.of(args[i]), passwords);
        }
        double ln2 = Math.log(2);
        long bits = (long) Math.ceil(passwords.size() * -Math.log(FALSE_POSITIVES) / (ln2 * ln2) / 64) * 64;
        int hashes = (int) Math.round((double) bits / passwords.size() * ln2);
        var words = new long[(int) (bits / 64)];
        for (String password : passwords) {
            add(password, words, bits, hashes);
        }
        try (var out = new DataOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(Path.of(args[0]))))) {
            out.writeInt(MAGIC);
            out.writeInt(passwords.size());
            out.writeInt(hashes);
            out.writeInt(words.length);
            for (long word : words) {
                out.writeLong(word);
            }
        }
        System.out.printf("%d passwords, %d bytes, %d hashes%n", passwords.size(), 16 + words.length * 8, hashes);
    }

    /** As the service looks at a password: NFKC, lower case; only what its policy would let through. */
    private static void read(Path list, TreeSet<String> passwords) throws IOException {
        try (var lines = Files.lines(list)) {
            lines.filter(line -> !line.startsWith("# "))
                    .map(line -> Normalizer.normalize(line.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
                    .filter(line -> line.codePoints().count() >= 8 && line.codePoints().count() <= 128)
                    .forEach(passwords::add);
        }
    }

    /** Bit i is h1 + i * h2 modulo the number of bits; h1 and h2 are the first two longs of SHA-256. */
    private static void add(String password, long[] words, long bits, int hashes) throws NoSuchAlgorithmException {
        var digest = ByteBuffer.wrap(
                MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8)));
        long position = digest.getLong();
        long step = digest.getLong();
        for (int i = 0; i < hashes; i++, position += step) {
            long bit = Long.remainderUnsigned(position, bits);
            words[(int) (bit / 64)] |= 1L << (bit % 64);
        }
    }
}
