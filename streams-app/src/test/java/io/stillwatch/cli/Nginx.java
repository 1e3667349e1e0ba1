package io.stillwatch.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An nginx with auth_request in front of a model API, configured as docs/decisions.md says. */
final class Nginx implements AutoCloseable {
    private static final List<String> PLACES = List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx");
    private static final String BEGIN = "<!-- nginx -->\n\n```nginx\n";

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where the program is; empty where it is not installed. */
    static Optional<Path> program() {
        return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /** @param directory of its own, for its files */
    static Nginx start(Path directory, int authorityPort, int modelPort) throws IOException, InterruptedException {
        int port = freePort();
        String site = documented()
                .replace(
                        "\"Bearer key-of-acct-81\"",
                        "\"~^Bearer key-of-(?<account>[a-z0-9-]+)$\" $account;\n    \"Bearer key-of-acct-81\"")
                .replace("listen 8080;", "listen 127.0.0.1:" + port + ";")
                .replace("127.0.0.1:8085", "127.0.0.1:" + authorityPort)
                .replace("127.0.0.1:9000", "127.0.0.1:" + modelPort);
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            Files.createDirectories(directory.resolve(kind));
        }
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), """
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/client_body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                %2$s
                }
                """.formatted(directory, site));
        Process process = new ProcessBuilder(
                        program().orElseThrow().toString(), "-c", configuration.toString(), "-p", directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile())
                .start();
        for (int attempt = 0; attempt < 200; attempt++) {
            if (!process.isAlive()) {
                throw new IOException("nginx ended: " + Files.readString(directory.resolve("output.log"))
                        + Files.readString(directory.resolve("error.log")));
            }
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return new Nginx(process, port);
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        process.destroy();
        throw new IOException("nginx does not listen on port " + port + ".");
    }

    /** The configuration that the documentation gives. */
    private static String documented() throws IOException {
        String page = Files.readString(Path.of("../docs/decisions.md"));
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        return page.substring(begin, page.indexOf("```", begin));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
