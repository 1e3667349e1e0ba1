package io.stillwatch.bench;

import io.stillwatch.fingerprint.StaticEmbedder;
import io.stillwatch.fingerprint.Word;
import io.stillwatch.fingerprint.WordScanner;
import io.stillwatch.fingerprint.WordSink;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What embedding one prompt costs, by the prompt's length, and the part of it that reading the words takes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EmbeddingBenchmark {
    private static final int PROMPTS = 1_024;
    private static final int MAX_TOKENS = 256;

    /** Characters a prompt. */
    @Param({"50", "300", "2000"})
    public int characters;

    private final StaticEmbedder embedder = new StaticEmbedder();
    private final WordScanner scanner = new WordScanner();
    private final float[] sum = new float[StaticEmbedder.DIMENSIONS];
    private final byte[] embedding = new byte[StaticEmbedder.DIMENSIONS];
    private final WordSink hashing = this::addHash;
    private long hashes;
    private String[] prompts;
    private int next;

    /** Makes the prompts. */
    @Setup
    public void makePrompts() {
        prompts = Prompts.ofLength(characters, PROMPTS);
    }

    /** From text to quantised unit vector. */
    @Benchmark
    public byte[] embedAndQuantise() {
        embedder.embed(nextPrompt(), MAX_TOKENS, sum);
        StaticEmbedder.quantise(sum, embedding);
        return embedding;
    }

    /** Reading the words alone, all of them. */
    @Benchmark
    public long scanWords() {
        scanner.scan(nextPrompt(), hashing);
        return hashes;
    }

    private boolean addHash(Word word) {
        hashes ^= word.hash();
        return true;
    }

    private String nextPrompt() {
        next = (next + 1) % PROMPTS;
        return prompts[next];
    }
}
