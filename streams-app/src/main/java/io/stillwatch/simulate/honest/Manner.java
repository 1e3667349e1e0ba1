package io.stillwatch.simulate.honest;

/**
 * What people do behind one key.
 *
 * @param contents family of the prompts
 * @param ask rule of what begins a talk
 * @param detail rule of what is told beside
 * @param reply rule of what goes on with one
 * @param system rule of the instructions
 * @param systemShare share of such applications that send instructions, 0 to 1
 * @param template rule of what is put before every question; empty for nothing
 * @param leastPeople least number of people
 * @param mostPeople most
 * @param leastSubjects least number of fields that they talk about
 * @param mostSubjects most
 * @param turns requests of one sitting, mean
 * @param talk several people take part in one, as in a channel
 * @param dialogue a further request sends what came before
 * @param namesUsers the application says who asks
 * @param languages most write in languages of their own
 */
record Manner(
        String contents,
        String ask,
        String detail,
        String reply,
        String system,
        double systemShare,
        String template,
        int leastPeople,
        int mostPeople,
        int leastSubjects,
        int mostSubjects,
        double turns,
        boolean talk,
        boolean dialogue,
        boolean namesUsers,
        boolean languages) {
    private static final int ANY = 30;

    /** A bot in a channel: every line a request of its own, nobody named. */
    static final Manner CHANNEL = new Manner(
            "channel",
            "crowd.ask",
            "crowd.detail",
            "crowd.reply",
            "crowd.system",
            0.3,
            "",
            40,
            400,
            2,
            7,
            7,
            true,
            false,
            false,
            false);

    /** The same, and the bot says who writes. */
    static final Manner NAMED_CHANNEL = new Manner(
            "channel",
            "crowd.ask",
            "crowd.detail",
            "crowd.reply",
            "crowd.system",
            0.4,
            "",
            40,
            400,
            2,
            7,
            7,
            true,
            false,
            true,
            false);

    /** A help desk: whole stories, one request each. */
    static final Manner DESK = new Manner(
            "desk",
            "crowd.desk-ask",
            "crowd.detail",
            "crowd.reply",
            "crowd.desk",
            0.5,
            "",
            60,
            900,
            3,
            8,
            1.6,
            false,
            false,
            false,
            false);

    /** A small chat product: dialogues on anything. */
    static final Manner CHAT = new Manner(
            "chat-product",
            "crowd.ask",
            "crowd.detail",
            "crowd.reply",
            "crowd.assistant",
            0.4,
            "",
            50,
            2500,
            12,
            ANY,
            3.2,
            false,
            true,
            false,
            false);

    /** A platform that says who asks. */
    static final Manner PLATFORM = new Manner(
            "platform",
            "crowd.ask",
            "crowd.detail",
            "crowd.reply",
            "crowd.assistant",
            0.7,
            "",
            40,
            3000,
            6,
            ANY,
            3,
            false,
            true,
            true,
            false);

    /** A reseller that says nothing of its customers. */
    static final Manner RESELLER = new Manner(
            "bare-reseller",
            "crowd.ask",
            "crowd.detail",
            "crowd.reply",
            "crowd.assistant",
            0.15,
            "",
            200,
            4000,
            20,
            ANY,
            2.6,
            false,
            true,
            false,
            true);

    /** A product that asks for every answer step by step. */
    static final Manner STEPWISE = new Manner(
            "stepwise",
            "crowd.ask",
            "crowd.detail",
            "crowd.reply",
            "crowd.system",
            0,
            "crowd.stepwise",
            60,
            1500,
            2,
            8,
            1.4,
            false,
            false,
            false,
            false);

    /** Support in many languages. */
    static final Manner LANGUAGES = new Manner(
            "language-support",
            "crowd.desk-ask",
            "crowd.detail",
            "crowd.reply",
            "crowd.desk",
            0.6,
            "",
            100,
            2500,
            2,
            6,
            1.8,
            false,
            false,
            false,
            true);

    /** Kept apart: a bulletin board. */
    static final Manner BOARD = new Manner(
            "board",
            "holdout.board-ask",
            "holdout.board-more",
            "holdout.board-reply",
            "holdout.board-system",
            0.35,
            "",
            50,
            600,
            2,
            9,
            5,
            true,
            false,
            false,
            false);

    /** Kept apart: a community that names its members. */
    static final Manner COMMUNITY = new Manner(
            "community",
            "holdout.board-ask",
            "holdout.board-more",
            "holdout.board-reply",
            "holdout.board-system",
            0.5,
            "",
            50,
            2000,
            4,
            20,
            2.5,
            false,
            true,
            true,
            false);

    /** Kept apart: an evening class whose template asks for steps. */
    static final Manner QUIZ = new Manner(
            "quiz",
            "holdout.board-ask",
            "holdout.board-more",
            "holdout.board-reply",
            "holdout.board-system",
            0,
            "holdout.quiz-brief",
            30,
            700,
            1,
            4,
            1.5,
            false,
            false,
            false,
            false);
}
