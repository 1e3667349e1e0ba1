package io.stillwatch.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.alert.SampleAlerts;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SyslogTargetTest {
    private static final String HEADER =
            "<131>1 2026-05-04T16:12:00.000Z [^ ]+ stillwatch - OPENED - CEF:0\\|Stillwatch\\|.*";
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void anAlertIsADatagramOfRfc5424() throws Exception {
        try (DatagramSocket receiver = new DatagramSocket(0, LOOPBACK);
                SyslogTarget target = SyslogTarget.of("udp://127.0.0.1:" + receiver.getLocalPort(), "1.2.3")) {
            target.deliver(SampleAlerts.opened(), Instant.EPOCH);
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            receiver.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .matches(HEADER)
                    .doesNotEndWith("\n");
        }
    }

    @Test
    void overTcpEachMessageHasItsOctetsCountedBeforeIt() throws Exception {
        try (ServerSocket receiver = new ServerSocket(0, 5, LOOPBACK);
                SyslogTarget target = SyslogTarget.of("tcp://127.0.0.1:" + receiver.getLocalPort(), "1.2.3")) {
            target.deliver(SampleAlerts.opened(), Instant.EPOCH);
            target.deliver(SampleAlerts.hostileText(), Instant.EPOCH);
            try (Socket connection = receiver.accept()) {
                assertThat(frame(connection.getInputStream())).matches(HEADER);
                assertThat(frame(connection.getInputStream()))
                        .startsWith("<133>1 ")
                        .contains("CEF:0|");
            }
        }
    }

    @Test
    void aConnectionThatTheReceiverHasClosedIsOpenedAgain() throws Exception {
        try (ServerSocket receiver = new ServerSocket(0, 5, LOOPBACK);
                SyslogTarget target = SyslogTarget.of("tcp://127.0.0.1:" + receiver.getLocalPort(), "1.2.3")) {
            target.deliver(SampleAlerts.opened(), Instant.EPOCH);
            try (Socket first = receiver.accept()) {
                assertThat(frame(first.getInputStream())).contains("act=opened");
            }
            target.deliver(SampleAlerts.closed(), Instant.EPOCH);
            try (Socket second = receiver.accept()) {
                assertThat(frame(second.getInputStream())).contains("act=closed");
            }
        }
    }

    @Test
    void aReceiverThatIsNotThereIsAFailureThatMayPass() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            port = socket.getLocalPort();
        }
        for (String scheme : new String[] {"tcp", "tls"}) {
            SyslogTarget target = SyslogTarget.of(scheme + "://127.0.0.1:" + port, "1");
            assertThatThrownBy(() -> target.deliver(SampleAlerts.opened(), Instant.EPOCH))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .satisfies(failure -> assertThat(((DeliveryException) failure).isHopeless())
                            .isFalse());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://siem.example", "udp://siem.example:514/path", "udp://", "siem.example:514", "udp:x"})
    void anAddressThatIsNoneIsRefused(String address) {
        assertThatThrownBy(() -> SyslogTarget.of(address, "1")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String frame(InputStream in) throws IOException {
        int length = 0;
        for (int c = in.read(); c != ' '; c = in.read()) {
            length = 10 * length + (c - '0');
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
