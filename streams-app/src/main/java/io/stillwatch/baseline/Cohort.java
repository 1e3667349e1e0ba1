package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Accounts that are fairly compared: by how much they ask within the window, and by whether they ask as one app does.
 *
 * @param volume by requests in the window
 * @param use by how alike the prompts are
 */
public record Cohort(Volume volume, Use use) {
    /** Requests in the window. */
    public enum Volume {
        /** Below {@value Cohort#MEDIUM}. */
        LIGHT,
        /** From {@value Cohort#MEDIUM}, below {@value Cohort#HEAVY}. */
        MEDIUM,
        /** From {@value Cohort#HEAVY}. */
        HEAVY;

        /** That of so many requests. */
        static Volume of(long requests) {
            return requests < Cohort.MEDIUM ? LIGHT : requests < Cohort.HEAVY ? MEDIUM : HEAVY;
        }
    }

    /** What the prompts say of the account's use. */
    public enum Use {
        /** Mean cosine of two prompts of {@value Cohort#ALIKE} or more, or as large a chance that they share a template. */
        SINGLE_APP,
        /** Anything else. */
        GENERAL
    }

    static final int MEDIUM = 100;
    static final int HEAVY = 1_000;
    static final double ALIKE = 0.25;

    private static final Feature SIMILARITY = Features.named("similarity").orElseThrow();
    private static final Feature TEMPLATES =
            Features.named("template_concentration").orElseThrow();

    /** The cohort of a window's profile. */
    public static Cohort of(Profile profile) {
        boolean alike = SIMILARITY.of(profile) >= ALIKE || TEMPLATES.of(profile) >= ALIKE;
        return new Cohort(Volume.of(profile.requests()), alike ? Use.SINGLE_APP : Use.GENERAL);
    }

    /** All of them, in the order of files. */
    static List<Cohort> all() {
        List<Cohort> all = new ArrayList<>();
        for (Volume volume : Volume.values()) {
            for (Use use : Use.values()) {
                all.add(new Cohort(volume, use));
            }
        }
        return all;
    }

    /** For people: how much such accounts send, and how alike that is. */
    public String words() {
        String much = switch (volume) {
            case LIGHT -> "fewer than " + MEDIUM;
            case MEDIUM -> MEDIUM + " to " + Figures.count(HEAVY - 1L);
            case HEAVY -> Figures.count(HEAVY) + " or more";
        };
        return "accounts with " + much + " requests a day "
                + (use == Use.SINGLE_APP ? "that are alike, as of one app" : "about this and that");
    }

    /** Name in files, as in {@code heavy single-app}. */
    public String id() {
        return (volume.name() + " " + use.name()).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
