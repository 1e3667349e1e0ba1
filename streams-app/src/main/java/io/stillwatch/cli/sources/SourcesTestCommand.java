package io.stillwatch.cli.sources;

import io.stillwatch.cli.option.AccountNameOption;
import io.stillwatch.cli.option.InputOptions;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.ingest.IngestException;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.InputFormat;
import io.stillwatch.ingest.SourceProbe;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What would be read of a log. */
@Command(
        name = "test",
        header = "Say for the first records of a log what would be read from where, and what is missing.",
        description = "Ends with exit status 3 where a record cannot be read, or none is a request.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch sources test gateway.jsonl",
            "  stillwatch sources test --account metadata.tenant gateway.jsonl",
            "  kubectl logs deploy/gateway | stillwatch sources test -"
        })
final class SourcesTestCommand implements Callable<Integer> {
    private static final int NARROWEST = 40;
    private static final int SHOWN = 3;

    @ParentCommand
    private SourcesCommand sources;

    @Mixin
    private InputOptions input;

    @Mixin
    private AccountNameOption account;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "How many records to look at (default: ${DEFAULT-VALUE}); the first three requests are shown.")
    private int records;

    @Parameters(paramLabel = "FILE", description = "A log file, plain, gzip or zstd, or - for standard input.")
    private String file;

    @Override
    public Integer call() {
        if (records < 1) {
            throw new UserException("--records is at least 1.", ExitStatus.USAGE);
        }
        IngestOptions options =
                account.applyTo(input.options(sources.stillwatch().settings().dataDirectory()));
        SourceProbe.Result result;
        try {
            result = SourceProbe.look(file, options, records);
        } catch (IngestException e) {
            throw new UserException(e.getMessage(), ExitStatus.FAILURE, e);
        }
        return new Report(sources.output(), result).print().code();
    }

    /** The result, line by line, none longer than the terminal is wide. */
    private static final class Report {
        private final TerminalOutput output;
        private final SourceProbe.Result result;
        private final int width;
        private final List<SourceProbe.Request> requests;

        private Report(TerminalOutput output, SourceProbe.Result result) {
            this.output = output;
            this.result = result;
            this.width = Math.max(NARROWEST, Math.min(80, output.columns()));
            this.requests = result.probed().stream()
                    .filter(SourceProbe.Request.class::isInstance)
                    .map(SourceProbe.Request.class::cast)
                    .toList();
        }

        private ExitStatus print() {
            say("Read " + result.format().map(format -> "as " + format.id()).orElse("by the mapping of fields") + ".");
            requests.stream().limit(SHOWN).forEach(this::show);
            output.line("");
            say(result.probed().size() + " records: " + requests.size() + " requests, " + count(true)
                    + " that cannot be read, " + count(false) + " that are none.");
            if (!requests.isEmpty()) {
                say("Of the requests:");
                has("account", SourceProbe.Request::account, Optional.empty());
                has("time", SourceProbe.Request::time, Optional.empty());
                has("prompt", SourceProbe.Request::prompt, Optional.of(promptAdvice()));
                has("tokens", SourceProbe.Request::tokens, Optional.of("the record tells of no usage"));
            }
            reasons(true, "cannot be read");
            reasons(false, "no request");
            return requests.isEmpty() || count(true) > 0 ? ExitStatus.SOME_REJECTED : ExitStatus.OK;
        }

        private void show(SourceProbe.Request request) {
            output.line("");
            say(request.at().toString());
            field("account", request.account());
            field("time", request.time());
            field("prompt", request.prompt());
            field("tokens", request.tokens());
        }

        private void field(String name, SourceProbe.Found found) {
            if (found.value().isEmpty()) {
                say("  " + pad(name) + "missing");
                return;
            }
            String value = Printable.text(found.value().get(), 200);
            say("  " + pad(name) + value);
            say("  " + pad("") + found.from().map(this::from).orElse("from another record, or made of several values"));
        }

        /** Of a long path the end says more. */
        private String from(String path) {
            String shown = Printable.text(path, 400);
            int room = width - "           from ".length() - 1;
            return "from " + (shown.length() <= room ? shown : "…" + shown.substring(shown.length() - room));
        }

        private void has(String name, Function<SourceProbe.Request, SourceProbe.Found> field, Optional<String> whyNot) {
            long with = requests.stream()
                    .filter(request -> field.apply(request).value().isPresent())
                    .count();
            say("  " + pad(name) + with + " of " + requests.size());
            if (with < requests.size()) {
                whyNot.ifPresent(why -> wrap("  " + pad(""), why));
            }
        }

        private String promptAdvice() {
            InputFormat format = result.format().orElse(InputFormat.STILLWATCH);
            return switch (format) {
                case OTEL ->
                    "spans have no prompt unless the library's capture of content is on; it may also be in log"
                            + " records, so name or send those as well";
                case LITELLM ->
                    "LiteLLM keeps prompts in its table with store_prompts_in_spend_logs only, and in"
                            + " callbacks unless message logging is off";
                case KONG -> "Kong logs prompts with log_payloads only";
                case ENVOY -> "Envoy's access log has none; send its traces";
                case CLOUDFLARE -> "Cloudflare's Logpush encrypts bodies";
                case BEDROCK -> "bodies over 100 kB are in S3";
                case LANGFUSE, APIM, VERTEX, OPENAI, STILLWATCH -> "there is no text of a user in the record";
            };
        }

        private long count(boolean rejected) {
            return result.probed().stream()
                    .filter(one -> one instanceof SourceProbe.NoRequest none && none.rejected() == rejected)
                    .count();
        }

        private void reasons(boolean rejected, String heading) {
            Map<String, Long> counts = new LinkedHashMap<>();
            Map<String, String> first = new LinkedHashMap<>();
            for (SourceProbe.Probed one : result.probed()) {
                if (one instanceof SourceProbe.NoRequest none && none.rejected() == rejected) {
                    counts.merge(none.why(), 1L, Long::sum);
                    first.putIfAbsent(none.why(), none.at().toString());
                }
            }
            counts.forEach((why, count) -> {
                say(count + " " + heading + ", the first at " + first.get(why) + ":");
                wrap("  ", why);
            });
        }

        private static String pad(String name) {
            return String.format(Locale.ROOT, "%-9s", name);
        }

        private void say(String text) {
            output.line(text.length() <= width ? text : text.substring(0, width - 1) + "…");
        }

        private void wrap(String indent, String text) {
            StringBuilder line = new StringBuilder(indent);
            for (String word : text.split(" ", -1)) {
                if (line.length() + word.length() + 1 > width && line.length() > indent.length()) {
                    output.line(line.toString().stripTrailing());
                    line = new StringBuilder(indent);
                }
                line.append(word).append(' ');
            }
            say(line.toString().stripTrailing());
        }
    }
}
