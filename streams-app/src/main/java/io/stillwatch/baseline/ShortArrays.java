package io.stillwatch.baseline;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;

/** Objects spread over lines, arrays of numbers on one. */
final class ShortArrays extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1;

    ShortArrays() {
        indentObjectsWith(new DefaultIndenter("  ", "\n"));
        indentArraysWith(NopIndenter.instance);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
        return new ShortArrays();
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator generator) throws java.io.IOException {
        generator.writeRaw(',');
    }
}
