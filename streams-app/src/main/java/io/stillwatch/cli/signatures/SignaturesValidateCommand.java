package io.stillwatch.cli.signatures;

import io.stillwatch.runtime.ExitStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says of every file whether it is a signature. */
@Command(
        name = "validate",
        header = "Check signature files; print file:line: message for what is wrong.",
        description = "Ends with exit status 1 where a file cannot be used.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch signatures validate my-signatures/")
final class SignaturesValidateCommand implements Callable<Integer> {
    @ParentCommand
    private SignaturesCommand signatures;

    @Parameters(paramLabel = "FILE|DIR", arity = "1..*", description = "Signature files, or directories of such.")
    private List<Path> paths;

    @Override
    public Integer call() {
        SignatureFiles files = SignatureFiles.read(paths);
        files.complain(signatures.output());
        int valid = files.readable().size();
        int all = valid + files.problems().size();
        signatures
                .output()
                .notice(valid == all ? "All " + all + " files are valid." : valid + " of " + all + " files are valid.");
        return (valid == all ? ExitStatus.OK : ExitStatus.FAILURE).code();
    }
}
