package io.stillwatch.bench;

import java.util.Random;

/** Made-up prompts of a wanted length: the same ones every time, different enough not to be learned by heart. */
public final class Prompts {
    private static final long SEED = 42;
    private static final String[] OPENINGS = {
        "Write a short story about", "Explain step by step how to", "What is the difference between",
                "Summarise the text:",
        "Translate into French:", "I ordered it last week, but", "Classify this review:", "Create a table that compares"
    };
    private static final String[] WORDS = """
            the a of to and in is that for it with as was on be at by this have from or one had not but what all were when we
            there can an your which their said if do will each about how up out them then she many some so these would other
            into has more her two like him see time could no make than first been its who now people my made over did down
            only way find use may water long little very after words called just where most know get through back much before
            go good new write our used me man too any day same right look think also around another came come work three must
            because does part even place well such here take why things help put years different away again off went old
            number great tell men say small every found still between name should home big give air line set own under read
            last never us left end along while might next sound below saw something thought both few those always looked show
            large often together asked house world going want school important until form food keep children feet land side
            without boy once animals life enough took sometimes four head above kind began almost live page got earth need far
            hand high year mother light country father let night picture being study second soon story since white ever paper
            hard near sentence better best across during today however sure means knew try told young sun thing whole hear
            example heard several change answer room sea against top turned learn point city play toward five using himself
            usually money seen car morning java python algorithm database customer invoice quarterly embedding refrigerator
            photosynthesis inflation constitutional misunderstanding chromatography teleconferencing, bookkeeping. Kubernetes?
            user_id 2024 3.14 http x86 "quoted" (bracketed) e-mail naïve café
            """.split("\\s+");

    private Prompts() {}

    /** As many prompts as asked for, each of exactly {@code length} characters. */
    public static String[] ofLength(int length, int count) {
        Random random = new Random(SEED);
        String[] prompts = new String[count];
        for (int i = 0; i < count; i++) {
            StringBuilder prompt = new StringBuilder(OPENINGS[random.nextInt(OPENINGS.length)]);
            while (prompt.length() < length) {
                // Squared, so that the frequent words at the list's head come often, as in real text.
                double share = random.nextDouble();
                prompt.append(' ').append(WORDS[(int) (share * share * WORDS.length)]);
            }
            prompt.setLength(length);
            prompts[i] = prompt.toString();
        }
        return prompts;
    }
}
