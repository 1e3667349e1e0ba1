package io.stillwatch.schema.serde;

import com.microsoft.kiota.ApiException;
import io.stillwatch.schema.serde.UnreadableMessageException.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Carries out what may ask the registry, and tells the two kinds of failure apart: the registry does not have what the
 * message asks for (the message is bad), or the registry does not answer (the message may be fine). The latter is tried
 * again first.
 */
final class RegistryCalls {
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;

    private final URI url;
    private final int retries;
    private final Duration backoff;

    /**
     * @param retries how often to try again after the first time, at least 0
     * @param backoff pause before the first retry; doubles with each
     */
    RegistryCalls(URI url, int retries, Duration backoff) {
        this.url = url;
        this.retries = retries;
        this.backoff = backoff;
    }

    /**
     * The result of the work, which must not mind being done again.
     *
     * @param subject what is looked up, for the error's sentence
     * @throws UnreadableMessageException if the registry does not know the subject
     * @throws RegistryUnavailableException if the registry cannot be asked
     */
    <R> R ask(Supplier<String> subject, Supplier<R> work) {
        Duration pause = backoff;
        for (int attempt = 0; ; attempt++) {
            try {
                return work.get();
            } catch (SerializationException e) {
                throw e;
            } catch (RuntimeException e) {
                first(e, InterruptedException.class).ifPresent(interrupted -> {
                    throw new InterruptException(interrupted);
                });
                Optional<Integer> status = first(e, ApiException.class).map(ApiException::getResponseStatusCode);
                if (status.filter(code -> code == NOT_FOUND).isPresent()) {
                    throw new UnreadableMessageException(
                            Reason.UNKNOWN_SCHEMA,
                            "The schema registry at " + url + " knows no " + subject.get()
                                    + "; check that it is the registry the message was written with.",
                            e);
                }
                if (first(e, SchemaParseException.class).isPresent()) {
                    throw new UnreadableMessageException(
                            Reason.UNKNOWN_SCHEMA,
                            "What the schema registry at " + url + " keeps as " + subject.get() + " is no Avro schema.",
                            e);
                }
                if (attempt == retries || !mayPass(e, status)) {
                    throw new RegistryUnavailableException(
                            "The schema registry at " + url + " could not be asked for " + subject.get() + ": "
                                    + status.map(code -> "it answered with HTTP status " + code)
                                            .orElse("it gave no usable answer")
                                    + "; check its address, its health and the credentials.",
                            e);
                }
                sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private static boolean mayPass(RuntimeException failure, Optional<Integer> status) {
        return status.map(code -> code >= FIRST_SERVER_ERROR || code == TOO_MANY_REQUESTS || code == REQUEST_TIMEOUT)
                .orElseGet(() -> first(failure, IOException.class).isPresent());
    }

    private static <E extends Throwable> Optional<E> first(Throwable failure, Class<E> kind) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
