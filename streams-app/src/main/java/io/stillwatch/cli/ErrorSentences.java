package io.stillwatch.cli;

import io.stillwatch.broker.BrokerException;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.host.FileHandles;
import io.stillwatch.replay.FeedException;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Reason;
import io.stillwatch.topology.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where an exception becomes a sentence on standard error and an exit status. */
public final class ErrorSentences implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Stillwatch root;

    ErrorSentences(Stillwatch root) {
        this.root = root;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        root.output()
                .error(withStop(Reason.of(exception)) + suggestions(exception) + " See: "
                        + command.getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parsed) {
        if (ShutdownSequence.isProcessEnding()) {
            return ExitStatus.INTERRUPTED.code();
        }
        Throwable cause = unwrapped(exception);
        TerminalOutput output = root.output();
        output.error(sentence(cause));
        output.trace(cause);
        return status(cause).code();
    }

    private static ExitStatus status(Throwable thrown) {
        if (thrown instanceof UserException explained) {
            return explained.status();
        }
        return thrown instanceof ConfigException ? ExitStatus.USAGE : ExitStatus.FAILURE;
    }

    /** What to tell a person about a failure: one sentence, without a stack trace. */
    public static String sentence(Throwable thrown) {
        if (thrown instanceof UserException
                || thrown instanceof BrokerException
                || thrown instanceof PipelineException
                || thrown instanceof FeedException) {
            return Reason.of(thrown);
        }
        if (FileHandles.caused(thrown)) {
            return FileHandles.sentence();
        }
        if (thrown instanceof OutOfMemoryError) {
            return "There is not enough memory for this ("
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB of heap); give more, as in STILLWATCH_JAVA_OPTS=-Xmx4g.";
        }
        if (thrown instanceof StackOverflowError) {
            return "Something in the input is nested too deeply to be read; run again with --verbose to see what.";
        }
        if (thrown instanceof ConfigException) {
            return "A Kafka client property is wrong: " + withStop(Reason.of(thrown));
        }
        if (thrown instanceof AuthenticationException) {
            return "Kafka refused the credentials (" + Reason.of(thrown) + "); check security.protocol, sasl.* and"
                    + " ssl.* in --config or -X.";
        }
        if (thrown instanceof AuthorizationException) {
            return "Kafka does not allow this (" + Reason.of(thrown) + "); ask for the rights on topics, groups and"
                    + " transactional ids with this prefix.";
        }
        if (thrown instanceof TimeoutException) {
            return "Kafka did not answer in time (" + Reason.of(thrown) + "); run: stillwatch doctor";
        }
        if (thrown instanceof SerializationException) {
            return "A record cannot be read (" + rootMessage(thrown)
                    + "); check --registry, that it answers, and that this"
                    + " version is not older than the pipeline's.";
        }
        if (thrown instanceof KafkaException) {
            return "Kafka could not do this: " + withStop(Reason.of(thrown));
        }
        if (thrown instanceof NoSuchFileException) {
            return "There is no file " + thrown.getMessage() + ".";
        }
        if (thrown instanceof AccessDeniedException) {
            return "The file " + thrown.getMessage() + " may not be read or written by you.";
        }
        if (thrown instanceof IOException) {
            return "Reading or writing failed: " + withStop(Reason.of(thrown));
        }
        return "Something unexpected happened (" + thrown + "); run again with --verbose and report what it prints.";
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static Throwable unwrapped(Throwable thrown) {
        boolean isWrapper = thrown instanceof ExecutionException
                || thrown instanceof CompletionException
                || thrown instanceof UncheckedIOException
                || thrown.getClass() == KafkaException.class;
        return isWrapper && thrown.getCause() != null ? unwrapped(thrown.getCause()) : thrown;
    }

    private static String suggestions(ParameterException exception) {
        if (!(exception instanceof UnmatchedArgumentException unmatched)
                || unmatched.getSuggestions().isEmpty()) {
            return "";
        }
        return " Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
    }

    private static String withStop(String message) {
        String text = message == null ? "no reason given" : message.strip();
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }
}
