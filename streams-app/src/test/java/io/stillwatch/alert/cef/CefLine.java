package io.stillwatch.alert.cef;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of CEF as a reader takes it apart, which knows the standard and not how we write it. */
record CefLine(List<String> header, Map<String, String> extension) {
    /** A key stands at the beginning or after a space, and before an equals sign that no backslash escapes. */
    private static final Pattern KEY = Pattern.compile("(?:^| )([A-Za-z0-9_]+)(?<!\\\\)=");

    static CefLine read(String line) {
        List<String> header = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        int at = 0;
        while (header.size() < 7) {
            char c = line.charAt(at++);
            if (c == '\\') {
                char escaped = line.charAt(at++);
                if (escaped != '\\' && escaped != '|') {
                    throw new IllegalArgumentException("\\" + escaped + " is no escape of a header");
                }
                field.append(escaped);
            } else if (c == '|') {
                header.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        return new CefLine(header, extension(line.substring(at)));
    }

    private static Map<String, String> extension(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher key = KEY.matcher(text);
        String name = null;
        int from = 0;
        while (key.find()) {
            if (name != null) {
                put(values, name, text.substring(from, key.start()));
            }
            name = key.group(1);
            from = key.end();
        }
        put(values, name, text.substring(from));
        return values;
    }

    private static void put(Map<String, String> values, String name, String raw) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = raw.charAt(++i);
            switch (escaped) {
                case '\\', '=' -> value.append(escaped);
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                default -> throw new IllegalArgumentException("\\" + escaped + " is no escape of a value");
            }
        }
        if (values.put(name, value.toString()) != null) {
            throw new IllegalArgumentException(name + " twice");
        }
    }
}
