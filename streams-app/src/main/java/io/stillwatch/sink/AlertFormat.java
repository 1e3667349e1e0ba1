package io.stillwatch.sink;

import io.stillwatch.alert.AlertJson;
import io.stillwatch.alert.cef.CefEvent;
import io.stillwatch.alert.ocsf.OcsfDetectionFinding;
import io.stillwatch.schema.Alert;
import java.nio.charset.StandardCharsets;
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

    String mediaType() {
        return mediaType;
    }

    abstract Function<Alert, String> writer(String productVersion);

    /** The alert's step as bytes. */
    byte[] bytes(Alert alert, String productVersion) {
        return writer(productVersion).apply(alert).getBytes(StandardCharsets.UTF_8);
    }
}
