package io.stillwatch.simulate.hostile;

import static io.stillwatch.simulate.actor.Behaviour.hostile;
import static io.stillwatch.simulate.actor.Footing.CLOUD;
import static io.stillwatch.simulate.actor.Footing.HOME;

import io.stillwatch.simulate.actor.Behaviour;
import java.util.List;

/** All hostile behaviours. */
public final class HostileBehaviours {
    private HostileBehaviours() {}

    public static List<Behaviour> all() {
        return List.of(
                hostile("bulk-instruction-harvest", CLOUD, "instructions, each once", BulkInstructions::cast),
                hostile("evolved-instructions", CLOUD, "instructions made harder", EvolvedInstructions::cast),
                hostile("reasoning-trace-elicitation", CLOUD, "reasoning for hard questions", ReasoningTraces::cast),
                hostile("rubric-grading", CLOUD, "rewards by a rubric", RubricGrading::cast),
                hostile("preference-pairs", CLOUD, "the better of two answers", PreferencePairs::cast),
                hostile("best-of-n", CLOUD, "many samples of one prompt", BestOfN::cast),
                hostile("logprob-harvest", CLOUD, "probabilities of next words", LogprobHarvest::cast),
                hostile("capability-sweep", CLOUD, "every ability once", CapabilitySweep::cast),
                hostile("code-harvest", CLOUD, "programming tasks, each once", CodeHarvest::cast),
                hostile("agentic-harvest", CLOUD, "tool trajectories from a sandbox", AgenticHarvest::cast),
                hostile("multilingual-sweep", CLOUD, "the same tasks in many languages", MultilingualSweep::cast),
                hostile("self-chat", CLOUD, "dialogues and personas", SelfChat::cast),
                hostile("policy-rewriting", CLOUD, "safe versions of sensitive questions", PolicyRewriting::cast),
                hostile("templated-augmentation", CLOUD, "one template, many fillings", TemplatedAugmentation::cast),
                hostile("new-model-pivot", CLOUD, "a harvest that moves to a new model", Variations::newModelPivot),
                hostile("low-and-slow", HOME, "a harvest of a few requests a day", Variations::lowAndSlow),
                hostile("mixed", CLOUD, "a harvest hidden among ordinary requests", Variations::mixed));
    }
}
