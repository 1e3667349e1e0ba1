package io.stillwatch.sink;

import io.stillwatch.alert.AlertJson;
import io.stillwatch.alert.cef.CefEvent;
import io.stillwatch.alert.ocsf.OcsfDetectionFinding;
import io.stillwatch.schema.Alert;
import io.stillwatch.text.Printable;
import java.util.function.Function;

/** How a webhook's body is written. */
public enum AlertFormat {
    OCSF("application/json") {
        @Override
        Function<Alert, String> writer(String productVersion) {
            return new OcsfDetectionFinding(productVersion)::line;
        }
    },
    JSON("application/json") {
        @Override
        Function<Alert, String> writer(String productVersion) {
            return AlertJson::line;
        }
    },
    CEF("text/plain; charset=utf-8") {
        @Override
        Function<Alert, String> writer(String productVersion) {
            return new CefEvent(productVersion)::line;
        }
    };

    private final String mediaType;

    AlertFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * The format of a name, in letters of either case.
     *
     * @throws IllegalArgumentException with a sentence for people, where there is none
     */
    public static AlertFormat named(String name) {
        for (AlertFormat format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "'" + Printable.identifier(name) + "' is no format of a webhook; it is ocsf," + " json or cef.");
    }

    String mediaType() {
        return mediaType;
    }

    abstract Function<Alert, String> writer(String productVersion);
}
