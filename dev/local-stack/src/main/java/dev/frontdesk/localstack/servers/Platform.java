package dev.frontdesk.localstack.servers;

import java.util.Locale;

/** The operating system and processor, as the archives with the servers' binaries name them. */
record Platform(String os, boolean arm) {

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String os = name.contains("linux") ? "linux" : name.contains("mac") ? "darwin" : "";
        if (os.isEmpty()) {
            throw new ServerFailed("no server binaries for " + osName + ": Linux and macOS are supported");
        }
        return switch (osArch) {
            case "amd64", "x86_64" -> new Platform(os, false);
            case "aarch64", "arm64" -> new Platform(os, true);
            default -> throw new ServerFailed("no server binaries for the processor " + osArch);
        };
    }

    String postgresArchive() {
        return "postgres-" + os + (arm ? "-arm_64" : "-x86_64") + ".txz";
    }

    String redisBinary() {
        return "redis-server-" + RedisServer.VERSION + "-" + os + (arm ? "-arm64" : "-amd64");
    }
}
