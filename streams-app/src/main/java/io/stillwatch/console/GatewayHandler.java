package io.stillwatch.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.text.JsonLine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The paths that gateways ask.
 *
 * <p>Nothing here waits for anything, so it runs on the thread that read the request. What a client may come to see says
 * what is done, but not why: that would tell an attacker what gave it away.
 */
final class GatewayHandler extends Handler.Abstract.NonBlocking {
    private static final String EXT_AUTHZ = "/ext_authz";
    private static final String AUTH_REQUEST = "/auth_request";
    private static final String ACCOUNTS = "/v1/accounts/";
    private static final String DECISION = "/decision";

    private static final String ACTION = "x-stillwatch-action";
    private static final String STATUS = "x-stillwatch-status";
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField CHALLENGE =
            new PreEncodedHttpField(HttpHeader.WWW_AUTHENTICATE, "Stillwatch realm=\"verify this account\"");
    private static final Map<DecisionAction, HttpField> ACTIONS = new EnumMap<>(DecisionAction.class);

    private static final int MOST_NAMED = 4;

    private static final byte[] EMPTY = {};
    private static final byte[] BLOCKED = body("This account may not be used now.");
    private static final byte[] CHALLENGED = body("This account has to be verified before it can be used.");
    private static final byte[] THROTTLED = body("This account has sent too many requests; try again later.");
    private static final byte[] UNKNOWN = body("The gateway cannot answer now; try again.");

    static {
        for (DecisionAction action : DecisionAction.values()) {
            ACTIONS.put(action, new PreEncodedHttpField(ACTION, action.name().toLowerCase(Locale.ROOT)));
        }
    }

    private final Gatekeeper gatekeeper;
    private final String accountHeader;
    private final String encodedHeader;
    private final ServerTime times;
    private final GatewayServer.Watcher watcher;

    /** @param accountHeader header in which the gateway names the account */
    GatewayHandler(Gatekeeper gatekeeper, String accountHeader, ServerTime times, GatewayServer.Watcher watcher) {
        this.watcher = watcher;
        this.gatekeeper = gatekeeper;
        this.accountHeader = accountHeader;
        this.encodedHeader = accountHeader + GatewayServer.ENCODED;
        this.times = times;
    }

    private static byte[] body(String sentence) {
        return ("{\"error\":\"" + sentence + "\"}\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long began = System.nanoTime();
        String path = request.getHttpURI().getPath();
        if (path == null) {
            path = "";
        }
        String verdict = "read";
        if (isUnder(path, EXT_AUTHZ)) {
            verdict = authorize(request, response, callback, false);
        } else if (isUnder(path, AUTH_REQUEST)) {
            verdict = authorize(request, response, callback, true);
        } else if (path.startsWith(ACCOUNTS) && path.endsWith(DECISION) && path.length() > ACCOUNTS.length()) {
            lookUp(request, path, response, callback);
        } else {
            switch (path) {
                case "/healthz" -> tell(response, callback, gatekeeper.isHealthy() ? Verdict.OK : Verdict.UNAVAILABLE);
                case "/readyz" -> tell(response, callback, gatekeeper.isReady() ? Verdict.OK : Verdict.UNAVAILABLE);
                case "/v1/status" -> status(response, callback);
                default -> send(response, callback, 404, body("There is nothing at this path."));
            }
            return true;
        }
        long took = System.nanoTime() - began;
        times.record(took);
        watcher.answered(verdict, took);
        return true;
    }

    private static boolean isUnder(String path, String root) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }

    /** @param twoStatusesOnly whether the gateway takes 401 and 403 for a refusal, and anything else for a failure */
    private String authorize(Request request, Response response, Callback callback, boolean twoStatusesOnly) {
        Verdict verdict = judge(request);
        response.getHeaders().put(ACTIONS.get(verdict.action()));
        if (verdict.retryAfterSeconds() > 0) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, verdict.retryAfterSeconds());
        }
        int status = verdict.status();
        if (twoStatusesOnly) {
            response.getHeaders().put(STATUS, Integer.toString(status));
            boolean otherRefusal = status == Verdict.TOO_MANY_REQUESTS || status == Verdict.UNAVAILABLE;
            status = otherRefusal ? Verdict.FORBIDDEN : status;
        }
        if (verdict.status() == Verdict.UNAUTHORIZED) {
            response.getHeaders().put(CHALLENGE);
        }
        send(
                response,
                callback,
                status,
                switch (verdict.status()) {
                    case Verdict.OK -> EMPTY;
                    case Verdict.UNAUTHORIZED -> CHALLENGED;
                    case Verdict.TOO_MANY_REQUESTS -> THROTTLED;
                    case Verdict.UNAVAILABLE -> UNKNOWN;
                    default -> BLOCKED;
                });
        return verdict.word();
    }

    /**
     * Judges whoever is named. A header more costs a client nothing, so where several accounts are named the harshest
     * verdict about any of them counts: none can be hidden behind another.
     */
    private Verdict judge(Request request) {
        String first = null;
        List<String> others = List.of();
        for (HttpField field : request.getHeaders()) {
            String name = field.getName();
            String account;
            if (name.equalsIgnoreCase(accountHeader)) {
                account = PercentText.utf8(field.getValue());
            } else if (name.equalsIgnoreCase(encodedHeader)) {
                account = PercentText.decoded(field.getValue());
            } else {
                continue;
            }
            if (account == null) {
                account = "";
            }
            if (first == null) {
                first = account;
            } else if (!account.equals(first) && !others.contains(account)) {
                others = others.isEmpty() ? new ArrayList<>() : others;
                others.add(account);
                if (others.size() >= MOST_NAMED) {
                    return Verdict.NOBODY;
                }
            }
        }
        Verdict verdict = gatekeeper.judge(first);
        if (!others.isEmpty()) {
            verdict = verdict.or(gatekeeper.judge(null));
            for (String other : others) {
                verdict = verdict.or(gatekeeper.judge(other));
            }
        }
        return verdict;
    }

    private void lookUp(Request request, String path, Response response, Callback callback) {
        if (!List.of("GET", "HEAD").contains(request.getMethod())) {
            send(response, callback, 405, body("This can only be read."));
            return;
        }
        String account = PercentText.decoded(path.substring(ACCOUNTS.length(), path.length() - DECISION.length()));
        if (account == null || !Gatekeeper.canBeAccount(account)) {
            send(response, callback, 400, body("An account is 1 to 512 characters of UTF-8, percent-encoded."));
            return;
        }
        boolean ready = gatekeeper.isReady();
        Optional<Decision> decision;
        try {
            decision = gatekeeper.inForce(account);
        } catch (RuntimeException e) {
            decision = Optional.empty();
            ready = false;
        }
        if (decision.isEmpty() && !ready && gatekeeper.refusesUnknown()) {
            send(response, callback, Verdict.UNAVAILABLE, UNKNOWN);
            return;
        }
        ObjectNode answer = DecisionJson.of(account, decision);
        answer.put("ready", ready);
        send(response, callback, Verdict.OK, line(answer));
    }

    private static void tell(Response response, Callback callback, int status) {
        send(response, callback, status, state(status == Verdict.OK ? "ok" : "not ok"));
    }

    private static byte[] state(String status) {
        return ("{\"status\":\"" + status + "\"}\n").getBytes(StandardCharsets.UTF_8);
    }

    private void status(Response response, Callback callback) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("ready", gatekeeper.isReady());
        answer.put("look_ups", times.count());
        answer.put("server_time_median_us", times.quantileNanos(0.5) / 1_000.0);
        answer.put("server_time_p99_us", times.quantileNanos(0.99) / 1_000.0);
        answer.put("time", Instant.now().toString());
        send(response, callback, Verdict.OK, line(answer));
    }

    private static byte[] line(ObjectNode answer) {
        return (JsonLine.of(answer) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(Response response, Callback callback, int status, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(NO_STORE);
        if (body.length > 0) {
            response.getHeaders().put(JSON);
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
