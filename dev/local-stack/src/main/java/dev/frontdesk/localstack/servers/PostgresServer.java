package dev.frontdesk.localstack.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A PostgreSQL server on 127.0.0.1 with a password. It runs without pg_ctl and without a shutdown hook: the process is
 * the postmaster itself, and outlives this JVM.
 */
public final class PostgresServer {

    public static final String USER = "frontdesk";
    public static final String DATABASE = "frontdesk";

    private static final String WRONG_PASSWORD = "28P01";
    private static final String NO_SUCH_DATABASE = "3D000";

    private final Process process;
    private final int port;
    private final String password;

    private PostgresServer(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Creates the data folder at the first start. Returns once the process exists; {@link #isReady()} checks the rest.
     */
    public static PostgresServer start(Path data, int port, String password, Path log) {
        Path home = Binaries.postgres();
        if (Files.exists(data.resolve("PG_VERSION"))) {
            forgetLockOfTheDead(data);
        } else {
            initialise(home, data, password, log);
        }
        List<String> command = unprivileged();
        command.addAll(List.of(home.resolve("bin/postgres").toString(), "-D", data.toString()));
        command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-k", ""));
        command.addAll(List.of("-c", "shared_buffers=48MB", "-c", "log_min_messages=warning"));
        // Enough for the pools of the services under test, several of which share one server.
        command.addAll(List.of("-c", "max_connections=300"));
        // Without error details, which would contain values of the row: addresses and names of people.
        command.addAll(List.of("-c", "log_error_verbosity=terse"));
        return new PostgresServer(Processes.start(command, log), port, password);
    }

    /**
     * After a crash the lock file has a process id that another process may have by now; PostgreSQL would then refuse
     * to start. The file is kept if a PostgreSQL runs under that id.
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

    /** Created in a temporary place and then moved, so that an interrupted first start leaves nothing half done. */
    private static void initialise(Path home, Path data, String password, Path log) {
        Path parent = data.toAbsolutePath().resolveSibling("");
        // A new name each time: an initdb of a killed launcher may still write into an older one.
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
            // Iterations slow down who guesses a weak password. This one is random, and each connection would pay for
            // them.
            command.addAll(List.of("-c", "scram_iterations=1"));
            Processes.run("PostgreSQL's initdb", command, log);
            Folders.delete(data);
            Files.move(draft, data);
            Files.delete(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL refuses to run as root; in its own user namespace, root is an unprivileged user. */
    private static List<String> unprivileged() {
        boolean root = Platform.current().os().equals("linux")
                && System.getProperty("user.name").equals("root");
        return new ArrayList<>(root ? List.of("unshare", "--user") : List.of());
    }

    /** Whether the database {@value #DATABASE} can be used; the first call that reaches the server creates it. */
    public boolean isReady() {
        try (Connection connection = connect(DATABASE)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw new ServerFailed("PostgreSQL's data folder was created with another password", e);
            }
            if (NO_SUCH_DATABASE.equals(e.getSQLState())) {
                createDatabase();
            }
            return false;
        }
    }

    private void createDatabase() {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        } catch (SQLException e) {
            throw new ServerFailed("PostgreSQL could not create its database: " + e.getMessage(), e);
        }
    }

    private Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "5");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    public Process process() {
        return process;
    }
}
