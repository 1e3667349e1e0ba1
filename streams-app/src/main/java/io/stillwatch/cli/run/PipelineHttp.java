package io.stillwatch.cli.run;

import io.stillwatch.cli.option.HttpOption;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.console.Gatekeeper;
import io.stillwatch.console.GatewayServer;
import io.stillwatch.decision.Policy;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.PipelineBook;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.UserException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The HTTP server of a pipeline, which answers before the pipeline does: that it is not ready. */
public final class PipelineHttp {
    private final PipelineBook book;
    private final Policy policy;
    private final int port;
    private final String shown;
    private final boolean loopback;
    private final String header;

    private PipelineHttp(PipelineBook book, Policy policy, int port, String shown, boolean loopback, String header) {
        this.book = book;
        this.policy = policy;
        this.port = port;
        this.shown = shown;
        this.loopback = loopback;
        this.header = header;
    }

    /**
     * Begins to listen, if that is wanted.
     *
     * @param watcher is told of every answer
     * @throws UserException where the address cannot be had
     */
    public static Optional<PipelineHttp> open(
            HttpOption http, Policy policy, Optional<GatewayServer.Watcher> watcher, ShutdownSequence shutdown) {
        Optional<InetSocketAddress> address = http.address();
        String header = http.accountHeader();
        return address.map(where -> {
            PipelineBook book = shutdown.open(new PipelineBook());
            Gatekeeper gatekeeper =
                    new Gatekeeper(book, policy.lookUps().whenNotReady(), System::currentTimeMillis, System::nanoTime);
            GatewayServer server =
                    shutdown.open(listen(where, gatekeeper, header, watcher.orElse((verdict, nanos) -> {})));
            String shown = (where.getAddress().getHostAddress().contains(":")
                            ? "[" + where.getAddress().getHostAddress() + "]"
                            : where.getAddress().getHostAddress())
                    + ":" + server.port();
            return new PipelineHttp(
                    book, policy, server.port(), shown, where.getAddress().isLoopbackAddress(), header);
        });
    }

    private static GatewayServer listen(
            InetSocketAddress where, Gatekeeper gatekeeper, String header, GatewayServer.Watcher watcher) {
        try {
            return GatewayServer.start(where, gatekeeper, header, watcher);
        } catch (IOException e) {
            throw new UserException(
                    "The address " + where.getAddress().getHostAddress() + ":" + where.getPort()
                            + " of --http cannot be had: " + e.getMessage() + "; choose another port.",
                    ExitStatus.FAILURE,
                    e);
        }
    }

    /** Says where gateways can ask, once they can. */
    public void tell(TerminalOutput output) {
        output.notice("Gateways can ask on http://" + shown + "/ext_authz, /auth_request and"
                + " /v1/accounts/ID/decision; they name the account in the header " + header + ".");
        if (!loopback) {
            output.notice("Anybody who reaches " + shown + " can ask about any account; keep it to your gateways.");
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Answers from a pipeline from now on. */
    public void connect(PipelineSession session) {
        book.open(session, policy.lookUps().behind());
    }
}
