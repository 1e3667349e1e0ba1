package io.stillwatch.bench.formats;

import com.sun.management.OperatingSystemMXBean;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.RequestEventReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/** How many requests each format is read at in a second of processor time, with prompts of 300 characters. */
public final class FormatsBench {
    private static final long TIME = 1_793_611_800_000L;
    private static final int PROMPT = 300;
    private static final int ROUNDS = 5;

    /** Processor time, of garbage collection too, says what one core can do however busy the machine is. */
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private FormatsBench() {}

    /**
     * Measures and prints a table.
     *
     * @param arguments requests a format, count, 100,000 where absent; then the formats, all where absent
     */
    public static void main(String[] arguments) {
        int requests = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
        System.out.printf("%-12s %12s %12s %10s%n", "format", "events/s", "bytes/event", "MB/s");
        List<String> only = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        formats().forEach((name, line) -> {
            if (only.isEmpty() || only.contains(name)) {
                measure(name, line, requests);
            }
        });
    }

    private static void measure(String name, IntFunction<String> line, int requests) {
        byte[] log = log(line, requests);
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = PROCESS.getProcessCpuTime();
            long read = read(log);
            double seconds = (PROCESS.getProcessCpuTime() - begin) / 1e9;
            if (read != requests) {
                throw new IllegalStateException(name + ": " + read + " of " + requests + " requests were read.");
            }
            best = Math.max(best, read / seconds);
        }
        System.out.printf(
                Locale.ROOT,
                "%-12s %,12.0f %,12d %,10.0f%n",
                name,
                best,
                log.length / requests,
                best * log.length / requests / 1e6);
    }

    private static long read(byte[] log) {
        long accepted = 0;
        try (RequestEventReader reader =
                RequestEventReader.open(new ByteArrayInputStream(log), "bench", IngestOptions.DEFAULT)) {
            while (reader.hasNext()) {
                accepted += reader.next() instanceof Ingested.Accepted ? 1 : 0;
            }
        }
        return accepted;
    }

    private static byte[] log(IntFunction<String> line, int requests) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        for (int number = 0; number < requests; number++) {
            log.writeBytes((line.apply(number) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return log.toByteArray();
    }

    private static String prompt(int number) {
        Random random = new Random(number);
        StringBuilder words = new StringBuilder();
        while (words.length() < PROMPT) {
            words.append("word").append(random.nextInt(5_000)).append(' ');
        }
        return words.substring(0, PROMPT);
    }

    private static String messages(int number) {
        return "[{\"role\":\"user\",\"content\":\"" + prompt(number) + "\"}]";
    }

    private static Map<String, IntFunction<String>> formats() {
        Map<String, IntFunction<String>> formats = new LinkedHashMap<>();
        formats.put(
                "stillwatch",
                n -> "{\"event_id\":\"e" + n + "\",\"event_time\":" + (TIME + n) + ",\"account_id\":\"a" + n % 50
                        + "\",\"operation\":\"chat\",\"model\":\"m\",\"prompt\":\"" + prompt(n)
                        + "\",\"max_tokens\":800,\"temperature\":0.7,\"input_tokens\":70,\"output_tokens\":500}");
        formats.put(
                "openai",
                n -> "{\"id\":\"e" + n + "\",\"timestamp\":" + (TIME + n) + ",\"account_id\":\"a" + n % 50
                        + "\",\"request\":{\"model\":\"m\",\"max_tokens\":800,\"temperature\":0.7,\"messages\":"
                        + messages(n)
                        + "},\"response\":{\"choices\":[{\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":70,"
                        + "\"completion_tokens\":500}}}");
        formats.put(
                "litellm",
                n -> "{\"id\":\"e" + n + "\",\"call_type\":\"acompletion\",\"startTime\":" + (TIME + n) / 1000.0
                        + ",\"endTime\":" + (TIME + n + 900) / 1000.0
                        + ",\"model\":\"m\",\"metadata\":{\"user_api_key_user_id\":\"a"
                        + n % 50
                        + "\",\"user_api_key_hash\":\"h\"},\"prompt_tokens\":70,\"completion_tokens\":500,\"messages\":"
                        + messages(n)
                        + ",\"response\":{\"choices\":[{\"finish_reason\":\"stop\"}]},\"model_parameters\":{\"max_tokens\":800},"
                        + "\"hidden_params\":{},\"status\":\"success\"}");
        formats.put("otel", FormatsBench::span);
        formats.put(
                "bedrock",
                n ->
                        "{\"schemaType\":\"ModelInvocationLog\",\"timestamp\":\"2026-11-02T09:30:00Z\",\"accountId\":\"1\",\"identity\":"
                                + "{\"arn\":\"arn:aws:iam::1:user/a" + n % 50 + "\"},\"requestId\":\"e" + n
                                + "\",\"operation\":\"InvokeModel\",\"modelId\":\"m\",\"input\":{\"inputBodyJson\":{\"max_tokens\":800,"
                                + "\"messages\":" + messages(n)
                                + "},\"inputTokenCount\":70},\"output\":{\"outputBodyJson\":{\"stop_reason\":\"end_turn\"},\"outputTokenCount\":500}}");
        formats.put(
                "kong",
                n -> "{\"request\":{\"id\":\"e" + n + "\"},\"started_at\":" + (TIME + n)
                        + ",\"latencies\":{\"request\":900},\"response\":{\"status\":200},\"consumer\":{\"id\":\"a"
                        + n % 50
                        + "\"},\"ai\":{\"proxy\":{\"meta\":{\"request_model\":\"m\"},\"usage\":{\"prompt_tokens\":70,"
                        + "\"completion_tokens\":500},\"payload\":{\"request\":\"{\\\"messages\\\":"
                        + messages(n).replace("\"", "\\\"") + "}\"}}}}");
        formats.put(
                "vertex",
                n -> "{\"model\":\"m\",\"logging_time\":\"2026-11-02 09:30:00 UTC\",\"request_id\":\"e" + n
                        + "\",\"full_request\":{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + prompt(n)
                        + "\"}]}],\"labels\":{\"account_id\":\"a" + n % 50
                        + "\"}},\"full_response\":{\"usageMetadata\":{\"promptTokenCount\":70,\"candidatesTokenCount\":500}}}");
        formats.put(
                "envoy",
                n -> "{\"start_time\":\"2026-11-02T09:30:00.120Z\",\"x-request-id\":\"e" + n
                        + "\",\"response_code\":200,\"duration\":900,\"gen_ai.request.model\":\"m\",\"gen_ai.usage.input_tokens\":70,"
                        + "\"gen_ai.usage.output_tokens\":500,\"x-tenant-id\":\"a" + n % 50 + "\"}");
        return formats;
    }

    /** A span of its own trace, batched by itself: the most expensive way to send them. */
    private static String span(int number) {
        String[][] attributes = {
            {"gen_ai.operation.name", "chat"},
            {"gen_ai.provider.name", "openai"},
            {"gen_ai.request.model", "m"},
            {"gen_ai.input.messages", messages(number).replace("\"", "\\\"")},
            {"gen_ai.usage.input_tokens", "70"},
            {"gen_ai.usage.output_tokens", "500"},
            {"gen_ai.response.finish_reasons", "stop"}
        };
        StringBuilder listed = new StringBuilder();
        for (String[] attribute : attributes) {
            listed.append(listed.length() == 0 ? "" : ",")
                    .append("{\"key\":\"")
                    .append(attribute[0])
                    .append("\",\"value\":{\"stringValue\":\"")
                    .append(attribute[1])
                    .append("\"}}");
        }
        return "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"account.id\",\"value\":{\"stringValue\":\"a"
                + number % 50
                + "\"}}]},\"scopeSpans\":[{\"scope\":{\"name\":\"s\"},\"spans\":[{\"traceId\":\""
                + String.format("%032x", number + 1)
                + "\",\"spanId\":\"" + String.format("%016x", number + 1)
                + "\",\"name\":\"chat m\",\"startTimeUnixNano\":\"" + (TIME + number)
                + "000000\",\"endTimeUnixNano\":\""
                + (TIME + number + 900) + "000000\",\"attributes\":[" + listed + "]}]}]}]}";
    }
}
