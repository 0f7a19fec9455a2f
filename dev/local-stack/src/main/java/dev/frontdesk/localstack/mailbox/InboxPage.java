package dev.frontdesk.localstack.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inbox over HTTP on 127.0.0.1: pages for people, and for scripts {@code GET /api/messages?to=<address>} (an array,
 * newest first), the same at {@code GET /api/user/<address>/messages}, and {@code DELETE /api/messages}.
 */
public final class InboxPage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InboxPage.class);
    private static final int ON_ONE_PAGE = 200;
    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'";
    private static final String MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private final Mails mails;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private InboxPage(Mails mails, HttpServer server) {
        this.mails = mails;
        this.server = server;
    }

    /** Port 0 takes any free port. */
    public static InboxPage start(Mails mails, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        InboxPage page = new InboxPage(mails, server);
        server.setExecutor(page.threads);
        server.createContext("/", page::handle);
        server.start();
        return page;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answerSafely(exchange);
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Content-Security-Policy", answer.policy());
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answerSafely(HttpExchange exchange) {
        try {
            return answer(exchange);
        } catch (IllegalArgumentException e) {
            return Answer.text(400, "The address of this page is malformed.");
        } catch (IOException | RuntimeException e) {
            LOG.error("{} failed", exchange.getRequestURI(), e);
            return Answer.text(500, "The mailbox could not read its files: see its log.");
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        List<String> path = Arrays.stream(exchange.getRequestURI().getPath().split("/"))
                .filter(step -> !step.isEmpty())
                .toList();
        String to = parameter(exchange, "to").strip();
        if (path.equals(List.of("api", "messages"))) {
            return api(method, to);
        }
        if (!method.equals("GET")) {
            return Answer.text(405, "Only GET is allowed.");
        }
        if (path.isEmpty()) {
            return Answer.page(
                    InboxHtml.list(to.isEmpty() ? mails.newest(ON_ONE_PAGE) : mails.to(to), mails.count(), to));
        }
        return switch (path.getFirst()) {
            case "health" -> Answer.text(200, "ok");
            case "messages" -> message(path);
            case "api" -> messagesOf(path);
            default -> Answer.NOT_FOUND;
        };
    }

    private Answer api(String method, String to) throws IOException {
        return switch (method) {
            case "GET" -> Answer.json(Json.of(to.isEmpty() ? mails.all() : mails.to(to)));
            case "DELETE" -> {
                mails.clear();
                yield new Answer(204, "text/plain", PAGE_POLICY, "");
            }
            default -> Answer.text(405, "Only GET and DELETE are allowed.");
        };
    }

    /** The path of GreenMail's own API: the same command finds a mail here and in a container that runs GreenMail. */
    private Answer messagesOf(List<String> path) throws IOException {
        return path.size() == 4 && path.get(1).equals("user") && path.getLast().equals("messages")
                ? Answer.json(Json.of(mails.to(path.get(2))))
                : Answer.NOT_FOUND;
    }

    private Answer message(List<String> path) throws IOException {
        Optional<Mail> mail = path.size() < 2 ? Optional.empty() : mails.find(path.get(1));
        if (path.size() == 2) {
            return mail.map(found -> Answer.page(InboxHtml.mail(found))).orElse(Answer.NOT_FOUND);
        }
        return path.size() == 3 && path.getLast().equals("html")
                ? mail.map(found -> new Answer(200, "text/html; charset=utf-8", MAIL_POLICY, found.html()))
                        .orElse(Answer.NOT_FOUND)
                : Answer.NOT_FOUND;
    }

    private static String parameter(HttpExchange exchange, String name) {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                // In a path "+" means itself; a form sends it as %2B anyway.
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1).replace("+", "%2B"), UTF_8))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private record Answer(int status, String type, String policy, String body) {

        static final Answer NOT_FOUND = text(404, "Not found.");

        static Answer page(String html) {
            return new Answer(200, "text/html; charset=utf-8", PAGE_POLICY, html);
        }

        static Answer json(String json) {
            return new Answer(200, "application/json", PAGE_POLICY, json);
        }

        static Answer text(int status, String text) {
            return new Answer(status, "text/plain; charset=utf-8", PAGE_POLICY, text + "\n");
        }
    }
}
