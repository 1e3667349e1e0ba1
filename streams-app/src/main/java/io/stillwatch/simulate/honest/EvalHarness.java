package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;
import java.util.ArrayList;
import java.util.List;

/**
 * A customer who measures models: one or two known benchmarks from the first item to the last, at temperature 0, and once
 * more for the next model. Everybody who runs the same benchmark sends the same items.
 */
final class EvalHarness implements Script {
    private static final List<String> BENCHMARKS =
            List.of("arith", "order", "dates", "choice", "reading", "common", "codeitem", "truth", "hardmath");
    private static final long PUBLIC = Chance.seed(0, "public benchmarks");

    private record Benchmark(String name, Rule item, int size) {}

    private final List<Benchmark> benchmarks = new ArrayList<>();
    private final int items;
    private final Model first;
    private final Model second;
    private final int maxTokens;

    private EvalHarness(Account account) {
        Chance chance = account.own("eval");
        int count = chance.between(1, 2);
        int sum = 0;
        for (int i = 0; i < count; i++) {
            String name = chance.pick(BENCHMARKS);
            int size = Chance.of(PUBLIC, name).between(120, 900);
            benchmarks.add(new Benchmark(name, Grammar.standard().rule("exam." + name), size));
            sum += size;
        }
        items = sum;
        first = Model.of(chance, 3, 3, 1, 1);
        second = Model.of(chance, 1, 1, 2, 4);
        maxTokens = chance.is(0.5) ? 256 : 1024;
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        return new Actor(
                "benchmark",
                Timing.batch(chance.between(0.15, 0.5), chance.between(300, 2500)),
                SessionShape.single(),
                0.008,
                new EvalHarness(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        int number = moment.item() % items;
        int at = 0;
        while (number >= benchmarks.get(at).size()) {
            number -= benchmarks.get(at).size();
            at++;
        }
        Benchmark benchmark = benchmarks.get(at);
        Chance item = new Chance(Chance.seed(Chance.seed(PUBLIC, benchmark.name()), number));
        draft.prompt(benchmark.item(), item, 0);
        draft.model = moment.item() / items % 2 == 0 ? first : second;
        draft.temperature = 0.0;
        draft.maxTokens = maxTokens;
        draft.answer(90, 0.9);
    }
}
