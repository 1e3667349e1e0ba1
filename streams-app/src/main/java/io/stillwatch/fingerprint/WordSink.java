package io.stillwatch.fingerprint;

/** Takes the words of a text one by one, in order, as a {@link WordScanner} reads them. */
public interface WordSink {
    /**
     * Takes one word.
     *
     * @param word the word; the same object every time, so it holds only until this method returns
     * @return whether further words are wanted
     */
    boolean word(Word word);
}
