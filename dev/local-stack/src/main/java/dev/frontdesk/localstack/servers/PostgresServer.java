package dev.frontdesk.localstack.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A PostgreSQL server as its own process, reachable on 127.0.0.1 with a password only. It is driven without pg_ctl, so
 * that the process started here is the postmaster, and without a shutdown hook when the caller gave the data folder.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String USER = "frontdesk";
    public static final String DATABASE = "frontdesk";

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final String WRONG_PASSWORD = "28P01";
    private static final String NO_SUCH_DATABASE = "3D000";

    private final Process process;
    private final Path log;
    private final int port;
    private final String password;
    private final Runnable cleanup;

    private PostgresServer(Process process, Path log, int port, String password, Runnable cleanup) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.password = password;
        this.cleanup = cleanup;
    }

    /** A server for tests: random port, empty, ready, and gone with {@link #close()} or with this JVM. */
    public static PostgresServer ephemeral() {
        return FreePorts.startOn(port -> {
            Ephemeral place = Ephemeral.create("postgres");
            Path log = place.folder().resolve("postgres.log");
            PostgresServer server = start(place.folder().resolve("data"), port, "ephemeral", log, false, place::close);
            place.closes(server::stop);
            server.awaitReady(READY_WITHIN);
            return server;
        });
    }

    /**
     * Starts a server on a data folder that outlives it, making the folder at the first start. Returns at once: {@link
     * #awaitReady(Duration)} tells when it answers. The server outlives this JVM.
     */
    public static PostgresServer persistent(Path data, int port, String password, Path log) {
        return start(data, port, password, log, true, () -> {});
    }

    private static PostgresServer start(
            Path data, int port, String password, Path log, boolean durable, Runnable cleanup) {
        Path home = Binaries.postgres();
        forgetLockOfTheDead(data);
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(home, data, password, log);
        }
        List<String> command = unprivileged();
        command.addAll(List.of(home.resolve("bin/postgres").toString(), "-D", data.toString()));
        command.addAll(List.of("-p", Integer.toString(port), "-h", "127.0.0.1", "-k", ""));
        setting(command, "max_connections", "100");
        setting(command, "shared_buffers", "48MB");
        setting(command, "fsync", durable ? "on" : "off");
        setting(command, "log_min_messages", "warning");
        return new PostgresServer(Processes.start(command, log), log, port, password, cleanup);
    }

    /**
     * After a crash the lock file names a process id that may meanwhile be anybody's; PostgreSQL would then refuse to
     * start. It stays when a PostgreSQL runs under that id.
     */
    private static void forgetLockOfTheDead(Path data) {
        Path lock = data.resolve("postmaster.pid");
        try {
            if (Files.exists(lock) && !isPostgres(Files.readAllLines(lock).getFirst())) {
                Files.delete(lock);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPostgres(String pid) {
        return ProcessHandle.of(Long.parseLong(pid.trim()))
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
    }

    /** Made beside its place and moved there, so that an interrupted first start leaves nothing half done. */
    private static void initialise(Path home, Path data, String password, Path log) {
        Path parent = data.toAbsolutePath().resolveSibling("");
        // A name of its own: an initdb that was left by a killed launcher may still write into an older one.
        Path draft = parent.resolve(
                data.getFileName() + ".new." + ProcessHandle.current().pid());
        Path secret = parent.resolve(draft.getFileName() + ".password");
        try {
            Folders.deleteMatching(parent, data.getFileName() + ".new.");
            Files.createDirectories(draft);
            Files.createFile(secret, OwnerOnly.FILE);
            Files.writeString(secret, password);
            List<String> command = unprivileged();
            command.addAll(List.of(home.resolve("bin/initdb").toString(), "-D", draft.toString(), "-U", USER));
            command.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + secret, "--encoding=UTF8", "--no-sync"));
            command.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
            Processes.run("PostgreSQL's initdb", command, log);
            Folders.delete(data);
            Files.move(draft, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            secret.toFile().delete();
        }
    }

    /** PostgreSQL refuses to run as root; inside a user namespace of its own, root is nobody. */
    private static List<String> unprivileged() {
        boolean root = Platform.current().os().equals("linux")
                && System.getProperty("user.name").equals("root");
        return new ArrayList<>(root ? List.of("unshare", "--user") : List.of());
    }

    private static void setting(List<String> command, String name, String value) {
        command.add("-c");
        command.add(name + "=" + value);
    }

    /** Waits until it answers, and makes the database {@value #DATABASE} when it is not there yet. */
    public void awaitReady(Duration bound) {
        Processes.awaitReady("PostgreSQL", process, this::isReady, bound, log);
    }

    /** Whether the database {@value #DATABASE} can be used; the first call that reaches the server creates it. */
    public boolean isReady() {
        try (Connection ignored = connect(DATABASE)) {
            return process.isAlive();
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw new ServerFailed("PostgreSQL's data folder was made with another password", e);
            }
            if (NO_SUCH_DATABASE.equals(e.getSQLState())) {
                createDatabase(DATABASE);
            }
            return false;
        }
    }

    /** Creates the database unless it exists, and returns its URL. */
    public String createDatabase(String name) {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            String quoted = statement.enquoteIdentifier(name, true);
            String literal = statement.enquoteLiteral(name);
            try (ResultSet found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = " + literal)) {
                if (found.next()) {
                    return url(name);
                }
            }
            statement.execute("CREATE DATABASE " + quoted);
            return url(name);
        } catch (SQLException e) {
            throw new ServerFailed("could not create the database " + name + ": " + e.getMessage(), e);
        }
    }

    /** A plain JDBC connection, for fixtures and checks. */
    public Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "5");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    /** {@code postgresql://user:password@127.0.0.1:port/database}. */
    public String url() {
        return url(DATABASE);
    }

    public String url(String database) {
        return "postgresql://" + USER + ":" + password + "@127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    public String password() {
        return password;
    }

    /** The postmaster. */
    public Process process() {
        return process;
    }

    private void stop() {
        Processes.end(process, "QUIT", Duration.ofSeconds(5));
    }

    /** Ends the server at once; an ephemeral one also loses its data. */
    @Override
    public void close() {
        stop();
        cleanup.run();
    }
}
