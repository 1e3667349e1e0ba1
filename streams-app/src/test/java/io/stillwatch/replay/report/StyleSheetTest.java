package io.stillwatch.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StyleSheetTest {
    /** What the Web Content Accessibility Guidelines 2.2 ask of text (success criterion 1.4.3). */
    private static final double READABLE = 4.5;

    private static final Pattern VARIABLE = Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});");

    @Test
    void everyTextCanBeReadOnItsGroundInLightInDarkAndOnPaper() {
        String[] schemes = StyleSheet.load().text().split(":root", -1);
        assertThat(schemes).hasSize(4);
        for (int i = 1; i < schemes.length; i++) {
            Map<String, String> colours = colours(schemes[i]);
            for (String text : List.of("ink", "soft", "link")) {
                readable(colours, text, "paper");
                readable(colours, text, "raised");
            }
            for (String severity : List.of("critical", "high", "medium", "low", "info")) {
                readable(colours, severity, severity + "-back");
            }
        }
    }

    private static void readable(Map<String, String> colours, String text, String ground) {
        assertThat(contrast(colours.get(text), colours.get(ground)))
                .as("%s on %s", text, ground)
                .isGreaterThanOrEqualTo(READABLE);
    }

    private static Map<String, String> colours(String scheme) {
        Map<String, String> colours = new HashMap<>();
        Matcher matcher = VARIABLE.matcher(scheme.substring(0, scheme.indexOf('}')));
        while (matcher.find()) {
            colours.put(matcher.group(1), matcher.group(2));
        }
        return colours;
    }

    private static double contrast(String one, String other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
