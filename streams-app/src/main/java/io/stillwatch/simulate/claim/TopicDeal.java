package io.stillwatch.simulate.claim;

import io.stillwatch.fingerprint.StaticEmbedder;
import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Deals prompts to end users so that each user's are about the same: every twelfth prompt begins a user, the others go to
 * the user whose first prompt is nearest. One pass, as an attacker could cluster a queue beforehand. Not thread-safe.
 */
final class TopicDeal {
    private static final int PROMPTS_EACH = 12;
    private static final int MOST_USERS = 400;
    private static final int MOST_TOKENS = 64;

    private final StaticEmbedder embedder = new StaticEmbedder();
    private final List<float[]> firsts = new ArrayList<>();
    private long dealt;

    /** The number of the user that a prompt goes to. */
    int userOf(RequestEvent event) {
        float[] about = unit(event.getPrompt() == null ? "" : event.getPrompt());
        if (dealt++ % PROMPTS_EACH == 0 && firsts.size() < MOST_USERS) {
            firsts.add(about);
            return firsts.size() - 1;
        }
        int nearest = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int user = 0; user < firsts.size(); user++) {
            double likeness = product(firsts.get(user), about);
            if (likeness > most) {
                most = likeness;
                nearest = user;
            }
        }
        return nearest;
    }

    private float[] unit(String prompt) {
        float[] vector = new float[StaticEmbedder.DIMENSIONS];
        embedder.embed(prompt, MOST_TOKENS, vector);
        double length = StrictMath.sqrt(product(vector, vector));
        for (int d = 0; length > 0 && d < vector.length; d++) {
            vector[d] = (float) (vector[d] / length);
        }
        return vector;
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (double) a[d] * b[d];
        }
        return sum;
    }
}
