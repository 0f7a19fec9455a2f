package dev.frontdesk.localstack.mailbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * Mails as files, one per recipient: {@code <id>.eml}, which every mail program opens. The recipient of the envelope is
 * added as a first header {@code Delivered-To}. Only ids and recipients are in memory.
 */
public final class Mails {

    private static final String SUFFIX = ".eml";
    private static final String RECIPIENT = "Delivered-To: ";

    private final Path folder;
    private final ConcurrentSkipListMap<String, String> recipients = new ConcurrentSkipListMap<>();
    private long lastId;

    private Mails(Path folder) {
        this.folder = folder;
    }

    /** The mails in this folder, which is created if it is missing. */
    public static Mails in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Mails mails = new Mails(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                String name = file.getFileName().toString();
                mails.recipients.put(name.substring(0, name.length() - SUFFIX.length()), recipientOf(file));
            }
        }
        mails.lastId = mails.recipients.isEmpty() ? 0 : Long.parseLong(mails.recipients.lastKey());
        return mails;
    }

    /** Returns when the mail is on disk, safe from a crash of this process and of the machine. */
    public void keep(String recipient, byte[] source) throws IOException {
        String address = recipient.replaceAll("[\\r\\n]", "");
        String id = nextId();
        Path draft = folder.resolve(id + ".draft");
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeAll(out, (RECIPIENT + address + "\r\n").getBytes(UTF_8));
            writeAll(out, source);
            out.force(true);
        }
        Files.move(draft, folder.resolve(id + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
        recipients.put(id, address);
    }

    /** Newest first. */
    public List<Mail> all() throws IOException {
        return newest(Integer.MAX_VALUE);
    }

    /** At most this many, newest first. */
    public List<Mail> newest(int count) throws IOException {
        return read(recipients.descendingKeySet().stream().limit(count).toList());
    }

    /** The mails to one address, case-insensitive, newest first. */
    public List<Mail> to(String address) throws IOException {
        return read(recipients.descendingMap().entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(address))
                .map(Map.Entry::getKey)
                .toList());
    }

    public Optional<Mail> find(String id) throws IOException {
        // Only known ids become file names.
        return recipients.containsKey(id) ? read(List.of(id)).stream().findFirst() : Optional.empty();
    }

    public int count() {
        return recipients.size();
    }

    public void clear() throws IOException {
        for (String id : List.copyOf(recipients.keySet())) {
            recipients.remove(id);
            Files.deleteIfExists(folder.resolve(id + SUFFIX));
        }
    }

    private List<Mail> read(List<String> ids) throws IOException {
        List<Mail> mails = new ArrayList<>();
        for (String id : ids) {
            String to = recipients.getOrDefault(id, "");
            try {
                mails.add(MailReader.read(id, to, Files.readAllBytes(folder.resolve(id + SUFFIX))));
            } catch (NoSuchFileException e) {
                // Deleted in the meantime.
            }
        }
        return mails;
    }

    /** Microseconds since 1970, increased by one if two mails share one or the clock went back. */
    private synchronized String nextId() {
        lastId = Math.max(lastId + 1, System.currentTimeMillis() * 1000);
        return "%016d".formatted(lastId);
    }

    private static void writeAll(FileChannel out, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    private static String recipientOf(Path file) throws IOException {
        try (var reader = Files.newBufferedReader(file, ISO_8859_1)) {
            String line = reader.readLine();
            return line != null && line.startsWith(RECIPIENT) ? line.substring(RECIPIENT.length()) : "";
        }
    }
}
