package io.stillwatch.cli.run;

import io.stillwatch.cli.option.IntakeOptions;
import io.stillwatch.cli.option.SavedMappings;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.intake.BearerToken;
import io.stillwatch.intake.IntakeLimits;
import io.stillwatch.intake.IntakeServer;
import io.stillwatch.intake.IntakeSink;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.UserException;
import io.stillwatch.topology.intake.SourceTopic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline takes in from outside, as it was asked for.
 *
 * @param sources topics of others
 * @param address where HTTP is listened on
 * @param token what senders have to show
 * @param reading how requests that come in pieces are joined
 * @param posts how what is posted as JSON is read
 */
record Intake(
        List<SourceTopic> sources,
        Optional<InetSocketAddress> address,
        Optional<BearerToken> token,
        IngestOptions reading,
        IngestOptions posts) {

    /** @throws UserException where it cannot be meant, before anything is started */
    static Intake of(IntakeOptions options, SavedMappings saved) {
        return new Intake(
                options.sources(saved),
                options.address(),
                options.token(),
                options.reading(),
                options.readingOfPosts(saved));
    }

    /**
     * Begins to take in.
     *
     * @throws UserException where a topic does not exist, or the address cannot be had
     */
    void start(PipelineSession session, ShutdownSequence shutdown, TerminalOutput output) throws InterruptedException {
        if (sources.isEmpty() && address.isEmpty()) {
            return;
        }
        session.takeIn(sources, reading);
        for (SourceTopic source : sources) {
            output.notice("Reads the topic " + source.name() + " as "
                    + source.options().format().map(format -> format.id()).orElse("whatever is in it") + ".");
        }
        address.ifPresent(where -> {
            IntakeServer server = shutdown.open(listen(where, session.intake()));
            String host = where.getAddress().getHostAddress();
            output.notice("Takes OTLP on http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                    + server.port() + "/v1/traces and /v1/logs, JSON of any format on /v1/requests"
                    + (token.isPresent() ? ", from who shows the token." : "."));
        });
    }

    private IntakeServer listen(InetSocketAddress where, IntakeSink sink) {
        try {
            return IntakeServer.start(where, sink, token, IntakeLimits.DEFAULT, posts);
        } catch (IOException e) {
            throw new UserException(
                    "The address " + where.getAddress().getHostAddress() + ":" + where.getPort()
                            + " of --intake-port cannot be had: " + e.getMessage() + "; choose another port.",
                    ExitStatus.FAILURE,
                    e);
        }
    }
}
