package io.stillwatch.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

class LoopbackSocketsTest {

    @Test
    void aPortAskedForByNumberIsRefusedInOneSentenceWhenItIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LoopbackSockets sockets = new LoopbackSockets()) {
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(() -> sockets.reserve("CLIENTS", PortChoice.exactly(other.getLocalPort())))
                    .withMessage(
                            "Port %d on 127.0.0.1 is taken or not allowed; stop the program that holds it or give"
                                    + " another --port.",
                            other.getLocalPort());
        }
    }

    @Test
    void aPreferredPortThatIsTakenGivesWayToAFreeOne() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LoopbackSockets sockets = new LoopbackSockets()) {
            assertThat(sockets.reserve("CLIENTS", PortChoice.preferably(other.getLocalPort())))
                    .isNotEqualTo(other.getLocalPort())
                    .isPositive();
        }
    }

    @Test
    void theSocketHandedOverIsTheOneReservedAndListensOnLoopbackOnly() throws IOException {
        try (LoopbackSockets sockets = new LoopbackSockets()) {
            int port = sockets.reserve("CLIENTS", PortChoice.any());

            try (ServerSocketChannel channel = sockets.openServerSocket(
                    "CLIENTS", new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0, 0)) {
                InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
                assertThat(address.getPort()).isEqualTo(port);
                assertThat(address.getAddress().isLoopbackAddress()).isTrue();
            }
        }
    }

    @Test
    void aNumberThatIsNoPortIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PortChoice.exactly(65_536))
                .withMessage("A port is a number from 1 to 65535, not 65536.");
        assertThatIllegalArgumentException().isThrownBy(() -> PortChoice.preferably(0));
    }
}
