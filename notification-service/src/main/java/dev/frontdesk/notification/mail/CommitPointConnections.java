package dev.frontdesk.notification.mail;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes an SMTP client ask {@link SmtpCommitPoint} before it writes the final dot of a mail. After an error, the client
 * does not report how much it had written, so its connections are intercepted. It writes each line with one call, the
 * headers with one, and the final dot as a separate line. No line of a mail can look like it, since dots at the
 * beginning of a line are doubled.
 */
final class CommitPointConnections {

    private static final String FINAL_DOT = ".\r\n";
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID: (\\S+)\\s*$");

    private final SmtpCommitPoint dots;

    CommitPointConnections(SmtpCommitPoint dots) {
        this.dots = dots;
    }

    /** The same Vert.x, with the connections of its network clients intercepted. */
    Vertx of(Vertx vertx) {
        return proxy(Vertx.class, vertx, (method, args) -> {
            Object result = call(method, vertx, args);
            return result instanceof NetClient client ? watched(client) : result;
        });
    }

    private NetClient watched(NetClient client) {
        return proxy(NetClient.class, client, (method, args) -> {
            Object result = call(method, client, args);
            return method.getName().equals("connect") && result instanceof Future<?> connecting
                    ? connecting.map(socket -> watched((NetSocket) socket))
                    : result;
        });
    }

    private NetSocket watched(NetSocket socket) {
        var mail = new MailOnItsWay();
        return proxy(NetSocket.class, socket, (method, args) -> {
            if (method.getName().equals("write") && args != null && args[0] instanceof String text) {
                if (!mail.mayWrite(text)) {
                    socket.close();
                    return Future.failedFuture(new VertxException("The mail was abandoned", true));
                }
            }
            return call(method, socket, args);
        });
    }

    /** The current mail of one connection. A connection sends one mail after the other, on one event loop. */
    private final class MailOnItsWay {

        private @Nullable String messageId;

        private boolean mayWrite(String text) {
            if (text.equals(FINAL_DOT)) {
                String ending = messageId;
                messageId = null;
                return ending != null && dots.mayEnd(ending);
            }
            // The headers come first; later lines of the mail are ignored. A mail that does not reach its final dot is
            // the last one on its connection.
            if (messageId == null) {
                Matcher header = MESSAGE_ID.matcher(text);
                messageId = header.find() ? header.group(1) : null;
            }
            return true;
        }
    }

    private interface Calls {
        @Nullable Object call(Method method, Object @Nullable [] args) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T real, Calls calls) {
        InvocationHandler handler = (_, method, args) -> method.getDeclaringClass() == Object.class
                ? Objects.requireNonNull(call(method, real, args))
                : calls.call(method, args);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Method method, Object real, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }
}
