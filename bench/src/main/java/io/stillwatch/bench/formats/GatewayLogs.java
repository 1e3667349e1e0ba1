package io.stillwatch.bench.formats;

import static io.stillwatch.bench.formats.Sample.account;
import static io.stillwatch.bench.formats.Sample.messages;
import static io.stillwatch.bench.formats.Sample.prompt;
import static io.stillwatch.bench.formats.Sample.quoted;
import static io.stillwatch.bench.formats.Sample.time;

import io.stillwatch.ingest.FieldMapping;
import io.stillwatch.ingest.IngestOptions;
import java.time.Instant;
import java.util.List;

/** Logs of gateways and clouds, as JSON lines. */
final class GatewayLogs {
    private GatewayLogs() {}

    static List<Kind> kinds() {
        return List.of(
                Kind.lines("stillwatch", GatewayLogs::nativeLine),
                Kind.lines("openai", GatewayLogs::openAi),
                Kind.lines("openai Anthropic", GatewayLogs::anthropic),
                Kind.lines("openai batch", GatewayLogs::batch),
                Kind.lines("openai in Docker", GatewayLogs::docker),
                Kind.lines("litellm payload", GatewayLogs::liteLlm),
                Kind.lines("litellm rows", GatewayLogs::spendLog),
                Kind.lines("bedrock", GatewayLogs::bedrock),
                Kind.lines("langfuse", GatewayLogs::langfuse),
                Kind.lines("kong", GatewayLogs::kong),
                Kind.lines("envoy", GatewayLogs::envoy),
                Kind.lines("apim", GatewayLogs::apim),
                Kind.lines("vertex", GatewayLogs::vertex),
                Kind.lines("cloudflare", GatewayLogs::cloudflare),
                Kind.lines(
                        "--field",
                        GatewayLogs::ownLayout,
                        IngestOptions.DEFAULT.withMapping(FieldMapping.of(List.of(
                                "event_id=$.id",
                                "event_time=$.at",
                                "account_id=$.who.id",
                                "model=$.llm",
                                "prompt=$.asked",
                                "max_tokens=$.limits.max",
                                "input_tokens=$.use.in",
                                "output_tokens=$.use.out")))));
    }

    private static String iso(int number) {
        return Instant.ofEpochMilli(time(number)).toString();
    }

    private static String nativeLine(int n) {
        return "{\"event_id\":\"e" + n + "\",\"event_time\":" + time(n) + ",\"account_id\":\"" + account(n)
                + "\",\"operation\":\"chat\",\"model\":\"m\",\"prompt\":\"" + prompt(n)
                + "\",\"max_tokens\":800,\"temperature\":0.7,\"input_tokens\":70,\"output_tokens\":500}";
    }

    private static String openAi(int n) {
        return "{\"id\":\"e" + n + "\",\"timestamp\":" + time(n) + ",\"account_id\":\"" + account(n)
                + "\",\"request\":{\"model\":\"m\",\"max_tokens\":800,\"temperature\":0.7,\"messages\":" + messages(n)
                + "},\"response\":{\"choices\":[{\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":70,"
                + "\"completion_tokens\":500}}}";
    }

    private static String docker(int n) {
        return "{\"log\":\"" + openAi(n).replace("\"", "\\\"")
                + "\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-02T09:30:00Z\"}";
    }

    private static String anthropic(int n) {
        return "{\"id\":\"e" + n + "\",\"timestamp\":\"" + iso(n) + "\",\"account_id\":\"" + account(n)
                + "\",\"request\":{\"model\":\"m\",\"max_tokens\":800,\"temperature\":0.7,\"system\":\"Be brief.\",\"messages\":"
                + messages(n)
                + "},\"response\":{\"id\":\"msg_" + n + "\",\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":70,"
                + "\"cache_read_input_tokens\":0,\"cache_creation_input_tokens\":0,\"output_tokens\":500}}}";
    }

    /** Its input's line, then its output's. */
    private static String batch(int n) {
        return "{\"custom_id\":\"r-" + n + "\",\"timestamp\":" + time(n) + ",\"account_id\":\"" + account(n)
                + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\",\"max_tokens\":800,\"messages\":"
                + messages(n)
                + "}}\n{\"id\":\"b-" + n + "\",\"custom_id\":\"r-" + n
                + "\",\"response\":{\"status_code\":200,\"request_id\":\"e" + n
                + "\",\"body\":{\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":70,\"completion_tokens\":500}}},\"error\":null}";
    }

    private static String liteLlm(int n) {
        return "{\"id\":\"e" + n + "\",\"call_type\":\"acompletion\",\"startTime\":" + time(n) / 1000.0
                + ",\"endTime\":" + (time(n) + 900) / 1000.0
                + ",\"model\":\"m\",\"metadata\":{\"user_api_key_user_id\":\"" + account(n)
                + "\",\"user_api_key_hash\":\"h\"},\"prompt_tokens\":70,\"completion_tokens\":500,\"messages\":"
                + messages(n)
                + ",\"response\":{\"choices\":[{\"finish_reason\":\"stop\"}]},\"model_parameters\":{\"max_tokens\":800},"
                + "\"hidden_params\":{},\"status\":\"success\"}";
    }

    /** A row of LiteLLM_SpendLogs, its JSON columns as texts. */
    private static String spendLog(int n) {
        String begin = iso(n).replace("Z", "");
        String request = "{\"model\":\"m\",\"max_tokens\":800,\"messages\":" + messages(n) + "}";
        return "{\"request_id\":\"e" + n + "\",\"call_type\":\"acompletion\",\"api_key\":\"9f2c\",\"user\":\"" + account(n)
                + "\",\"startTime\":\"" + begin + "\",\"endTime\":\"" + begin + "\",\"model\":\"m\",\"model_group\":\"m\","
                + "\"prompt_tokens\":70,\"completion_tokens\":500,\"status\":\"success\",\"metadata\":\"{}\",\"messages\":\"{}\","
                + "\"proxy_server_request\":" + quoted(request) + "}";
    }

    private static String bedrock(int n) {
        return "{\"schemaType\":\"ModelInvocationLog\",\"timestamp\":\"2026-11-02T09:30:00Z\",\"accountId\":\"1\",\"identity\":"
                + "{\"arn\":\"arn:aws:iam::1:user/" + account(n) + "\"},\"requestId\":\"e" + n
                + "\",\"operation\":\"InvokeModel\",\"modelId\":\"m\",\"input\":{\"inputBodyJson\":{\"max_tokens\":800,"
                + "\"messages\":" + messages(n)
                + "},\"inputTokenCount\":70},\"output\":{\"outputBodyJson\":{\"stop_reason\":\"end_turn\"},\"outputTokenCount\":500}}";
    }

    /** A trace, then its observation. */
    private static String langfuse(int n) {
        return "{\"id\":\"t-" + n + "\",\"timestamp\":\"" + iso(n) + "\",\"name\":\"n\",\"user_id\":\"" + account(n)
                + "\",\"session_id\":\"s\",\"tags\":[],\"public\":false,\"bookmarked\":false}\n"
                + "{\"id\":\"e" + n + "\",\"trace_id\":\"t-" + n + "\",\"type\":\"GENERATION\",\"start_time\":\"" + iso(n)
                + "\",\"end_time\":\"" + iso(n + 900) + "\",\"provided_model_name\":\"m\",\"input\":"
                + quoted("{\"messages\":" + messages(n) + "}")
                + ",\"model_parameters\":\"{\\\"max_tokens\\\":800}\",\"usage_details\":\"{\\\"input\\\":70,\\\"output\\\":500}\","
                + "\"level\":\"DEFAULT\"}";
    }

    private static String kong(int n) {
        return "{\"request\":{\"id\":\"e" + n + "\"},\"started_at\":" + time(n)
                + ",\"latencies\":{\"request\":900},\"response\":{\"status\":200},\"consumer\":{\"id\":\"" + account(n)
                + "\"},\"ai\":{\"proxy\":{\"meta\":{\"request_model\":\"m\"},\"usage\":{\"prompt_tokens\":70,"
                + "\"completion_tokens\":500},\"payload\":{\"request\":" + quoted("{\"messages\":" + messages(n) + "}")
                + "}}}}";
    }

    private static String envoy(int n) {
        return "{\"start_time\":\"2026-11-02T09:30:00.120Z\",\"x-request-id\":\"e" + n
                + "\",\"response_code\":200,\"duration\":900,\"gen_ai.request.model\":\"m\",\"gen_ai.usage.input_tokens\":70,"
                + "\"gen_ai.usage.output_tokens\":500,\"x-tenant-id\":\"" + account(n) + "\"}";
    }

    /** What was said to the model, then who called. */
    private static String apim(int n) {
        return "{\"CorrelationId\":\"e" + n + "\",\"TimeGenerated\":\"" + iso(n)
                + "\",\"SequenceNumber\":0,\"DeploymentName\":\"d\",\"ModelName\":\"m\",\"PromptTokens\":70,\"CompletionTokens\":500,"
                + "\"RequestMessages\":" + quoted(messages(n)) + "}\n{\"CorrelationId\":\"e" + n
                + "\",\"TimeGenerated\":\"" + iso(n) + "\",\"ApimSubscriptionId\":\"" + account(n)
                + "\",\"CallerIpAddress\":\"203.0.113.7\",\"ResponseCode\":200,\"TotalTime\":900}";
    }

    private static String vertex(int n) {
        return "{\"model\":\"m\",\"logging_time\":\"2026-11-02 09:30:00 UTC\",\"request_id\":\"e" + n
                + "\",\"full_request\":{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + prompt(n)
                + "\"}]}],\"labels\":{\"account_id\":\"" + account(n)
                + "\"}},\"full_response\":{\"usageMetadata\":{\"promptTokenCount\":70,\"candidatesTokenCount\":500}}}";
    }

    /** Of its API, with bodies; Logpush encrypts them. */
    private static String cloudflare(int n) {
        return "{\"id\":\"e" + n + "\",\"created_at\":\"" + iso(n)
                + "\",\"provider\":\"openai\",\"model\":\"m\",\"path\":\"chat/completions\",\"status_code\":200,\"tokens_in\":70,"
                + "\"tokens_out\":500,\"duration\":900,\"cached\":false,\"metadata\":{\"user_id\":\"" + account(n)
                + "\"},\"request\":{\"model\":\"m\",\"messages\":" + messages(n) + "}}";
    }

    private static String ownLayout(int n) {
        return "{\"id\":\"e" + n + "\",\"at\":\"" + iso(n) + "\",\"who\":{\"id\":\"" + account(n)
                + "\"},\"llm\":\"m\",\"asked\":\"" + prompt(n)
                + "\",\"limits\":{\"max\":800},\"use\":{\"in\":70,\"out\":500},\"other\":[1,2,3]}";
    }
}
