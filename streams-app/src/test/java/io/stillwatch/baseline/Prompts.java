package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.StrandedProfile;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.schema.RequestFingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Fingerprints with synthetic embeddings: a topic is a direction, a prompt the direction and noise, made a unit vector. */
final class Prompts {
    static final long DAY_MS = 86_400_000;
    private static final double NOISE = 1.6;

    private final Random random;
    private int number;

    Prompts(long seed) {
        random = new Random(seed);
    }

    /** A new topic: a random unit vector. */
    double[] topic() {
        double[] topic = new double[PromptMean.DIMENSIONS];
        for (int d = 0; d < topic.length; d++) {
            topic[d] = random.nextGaussian();
        }
        return unit(topic);
    }

    private static double[] unit(double[] vector) {
        double length = Math.sqrt(Mixture.product(vector, vector));
        for (int d = 0; d < vector.length; d++) {
            vector[d] /= length;
        }
        return vector;
    }

    RequestFingerprint of(String account, long timeMs, double[] topic) {
        double[] vector = new double[topic.length];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = topic[d] + NOISE * random.nextGaussian() / Math.sqrt(topic.length);
        }
        unit(vector);
        byte[] embedding = new byte[vector.length];
        for (int d = 0; d < vector.length; d++) {
            embedding[d] = (byte) Math.round(vector[d] * 127);
        }
        RequestFingerprint request = new RequestFingerprint();
        request.setEventId(account + number++);
        request.setEventTime(timeMs);
        request.setAccountId(account);
        request.setCharacters(40);
        request.setOutputTokens(100);
        request.setMaxTokens(-1);
        request.setN(1);
        request.setLanguage("en");
        request.setEmbedding(ByteBuffer.wrap(embedding));
        request.setExactHash(random.nextLong());
        request.setHeadKey(random.nextLong());
        request.setTailKey(random.nextLong());
        request.setSkeletonHash(random.nextLong());
        request.setShingles(List.of());
        request.setLinks(Map.of());
        return request;
    }

    /** The mean of so many prompts, each of a topic drawn evenly. */
    PromptMean mean(int prompts, double[]... topics) {
        Profile profile = new Profile();
        for (int at = 0; at < prompts; at++) {
            profile.add(of("a", at, topics[random.nextInt(topics.length)]));
        }
        return profile.promptMean().orElseThrow();
    }

    /** The mean of so many prompts of one topic and so many of another. */
    PromptMean mean(int prompts, double[] topic, int others, double[] other) {
        return others == 0
                ? mean(prompts, topic)
                : prompts == 0 ? mean(others, other) : mean(prompts, topic).with(mean(others, other));
    }

    /** A population without a structure: unit vectors from all around. */
    static Population population(double spread, double turnover) {
        double[] deviation = new double[PromptMean.DIMENSIONS];
        java.util.Arrays.fill(deviation, 1 / Math.sqrt(PromptMean.DIMENSIONS));
        return new Population(new Whitening(new double[PromptMean.DIMENSIONS], deviation), spread, turnover);
    }

    /** A history in which every account keeps to three topics of a few dozen. */
    History history(int accounts, int days, int requestsADay) {
        History history = new History();
        List<double[]> topics = new ArrayList<>();
        for (int at = 0; at < 40; at++) {
            topics.add(topic());
        }
        for (int account = 0; account < accounts; account++) {
            double[][] own = new double[3][];
            for (int at = 0; at < own.length; at++) {
                own[at] = topics.get(random.nextInt(topics.size()));
            }
            for (int day = 0; day < days; day++) {
                StrandedProfile profile = new StrandedProfile();
                for (int at = 0; at < requestsADay; at++) {
                    long time = 20_000 * DAY_MS + day * DAY_MS + at * (DAY_MS / (requestsADay + 1));
                    RequestFingerprint request = of("account-" + account, time, own[random.nextInt(own.length)]);
                    history.add(request);
                    profile.add(request);
                }
                history.add("account-" + account, 20_000 + day, profile);
            }
        }
        return history;
    }
}
