package io.stillwatch.ingest;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * The network of a client address: the /24 of IPv4, the /48 of IPv6. Accounts share networks rather than addresses, and
 * an address says more about a person than detection needs.
 */
final class ClientNetwork {
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.\\d{1,3}(:\\d+)?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private ClientNetwork() {}

    /** The network of the first address in the text, or the text itself where it is no address but a token. */
    static String of(String addresses) {
        String first = addresses.split(",", 2)[0].strip();
        if (IPV4.matcher(first).matches()) {
            return first.substring(0, first.lastIndexOf('.')) + ".0/24";
        }
        String bare = withoutZone(
                first.startsWith("[") && first.indexOf(']') > 0 ? first.substring(1, first.indexOf(']')) : first);
        if (bare.indexOf(':') < 0 || !IPV6.matcher(bare).matches()) {
            return first;
        }
        try {
            // With a colon in it this is taken as an address or refused, but never looked up.
            InetAddress address = InetAddress.getByName(bare);
            return address instanceof Inet4Address ? of(address.getHostAddress()) : ipv6(address.getAddress());
        } catch (UnknownHostException e) {
            return first;
        }
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static String ipv6(byte[] address) {
        ByteBuffer groups = ByteBuffer.wrap(address);
        return group(groups) + ":" + group(groups) + ":" + group(groups) + "::/48";
    }

    private static String group(ByteBuffer groups) {
        return Integer.toHexString(Short.toUnsignedInt(groups.getShort()));
    }
}
