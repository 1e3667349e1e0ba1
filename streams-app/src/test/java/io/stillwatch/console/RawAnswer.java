package io.stillwatch.console;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An HTTP/1.1 answer read off a connection that stays open.
 *
 * @param status of its first line
 * @param body as long as content-length says
 */
public record RawAnswer(int status, String body) {
    /** Reads one answer, and not a byte of the next. */
    public static RawAnswer read(InputStream in) throws IOException {
        String head = head(in);
        int length = 0;
        for (String line : head.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        return new RawAnswer(Integer.parseInt(head.substring(9, 12)), new String(body, StandardCharsets.UTF_8));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The connection ended within an answer: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
