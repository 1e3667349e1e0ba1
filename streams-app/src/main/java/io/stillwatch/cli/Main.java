package io.stillwatch.cli;

import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.UserException;
import io.stillwatch.runtime.Verbosity;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/** Entry point of the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // The platform's character set would turn an account named in another script into question marks.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        Map<String, String> environment = System.getenv();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (!ShutdownSequence.isProcessEnding()) {
                System.err.println("stillwatch: " + ErrorSentences.sentence(failure));
            }
        });
        Terminal terminal = Terminal.detect(environment, System.getProperties());
        System.exit(run(environment, terminal, System.out, System.err, arguments));
    }

    /** Runs one command line, with everything it touches outside given. */
    public static int run(
            Map<String, String> environment, Terminal terminal, PrintStream out, PrintStream err, String... arguments) {
        TerminalOutput output = new TerminalOutput(out, err, terminal, Verbosity.NORMAL);
        try {
            CommandLine commands = CommandLines.create(environment, output, terminal, out, err, arguments);
            return commands.execute(CommandLines.parted(commands, arguments));
        } catch (UserException beforeAnyCommand) {
            output.error(beforeAnyCommand.getMessage());
            return beforeAnyCommand.status().code();
        } catch (OutOfMemoryError | StackOverflowError tooMuch) {
            output.error(ErrorSentences.sentence(tooMuch));
            output.trace(tooMuch);
            return ExitStatus.FAILURE.code();
        }
    }
}
