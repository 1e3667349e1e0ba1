package io.stillwatch.yaml;

/** A text is no YAML that can be used. The message is a phrase without the line: see {@link #line}. */
public final class YamlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;

    YamlException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** The line that it is about, from 1. */
    public int line() {
        return line;
    }
}
