package dev.frontdesk.gateway.applications;

import dev.frontdesk.contracts.http.ProblemType;
import dev.frontdesk.kit.resilience.ConnectFailures;
import dev.frontdesk.kit.web.ProblemException;
import dev.frontdesk.kit.web.Problems;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients get when an application does not answer, or not in HTTP. The reason is logged, not told. */
final class ApplicationErrors {

    private static final Logger log = LoggerFactory.getLogger(ApplicationErrors.class);

    private ApplicationErrors() {}

    /** @return the error itself if the application is not its cause */
    static Throwable map(ApplicationRoute route, Throwable error) {
        return switch (error) {
            case ProblemException problem -> problem;
            // The circuit breaker has logged why.
            case CallNotPermittedException _ -> unavailable();
            case Throwable full when isPoolFull(full) -> logged(route, "has no free connection", full, unavailable());
            case TimeoutException _ ->
                logged(
                        route,
                        "did not answer in time",
                        error,
                        new ProblemException(
                                ProblemType.GATEWAY_TIMEOUT, "The application did not answer in time. Try again."));
            case UnknownHostException _ ->
                logged(
                        route,
                        "has no address that it may have here: its name is not known, its network is not in"
                                + " frontdesk.gateway.upstreams.allowed-networks, or it is one of Frontdesk's own servers."
                                + " Correct the route or the setting",
                        error,
                        badGateway());
            case SSLException _ -> logged(route, "has no certificate that is trusted", error, badGateway());
            // Netty throws the latter for a line that it can't read. ReverseProxy turns our own into another error.
            case DecoderException _, IllegalArgumentException _ ->
                logged(route, "did not answer in HTTP", error, badGateway());
            case IOException _ ->
                ConnectFailures.isBehind(error)
                        ? logged(route, "is not reachable", error, unavailable())
                        : logged(route, "broke off its answer", error, badGateway());
            default -> error;
        };
    }

    /** Whether the application has shown that it can't work, so that another server of it should be preferred. */
    static boolean isItsFault(Throwable error) {
        return !isPoolFull(error)
                && (error instanceof TimeoutException
                        || error instanceof IOException
                        || error instanceof DecoderException
                        || error instanceof IllegalArgumentException);
    }

    /** Whether the request can't have reached the application: there was no connection. */
    static boolean nothingWasSent(Throwable error) {
        return ConnectFailures.isBehind(error)
                || error instanceof UnknownHostException
                || error instanceof SSLHandshakeException
                || isPoolFull(error);
    }

    /** Reactor Netty's exceptions are in a package of its own, not for others. */
    private static boolean isPoolFull(Throwable error) {
        return error.getClass().getSimpleName().startsWith("PoolAcquire");
    }

    private static ProblemException unavailable() {
        return Problems.unavailable();
    }

    private static ProblemException badGateway() {
        return new ProblemException(
                ProblemType.BAD_GATEWAY, "The application could not be reached or answered wrongly.");
    }

    private static ProblemException logged(
            ApplicationRoute route, String what, Throwable error, ProblemException told) {
        log.warn("The application of the route {} {}: {}", route.id(), what, error.toString());
        return told;
    }
}
