package io.stillwatch.simulate;

import io.stillwatch.schema.RequestEvent;
import java.util.Iterator;
import java.util.Optional;

/**
 * One account that does one thing after another, silence between them included, and whether that is to raise an alert:
 * an example for behaviour that only shows over time.
 *
 * @param about what it shows, for people
 * @param alert whether an alert must open by the end; otherwise none may
 * @param plan a group of one account for each stage; their requests become those of one account
 */
public record Timeline(String about, boolean alert, SimulationPlan plan) {
    private static final String ACCOUNT = "timeline";

    public Timeline {
        for (PlanGroup group : plan.groups()) {
            if (group.accounts() != 1 || group.campaign().isPresent()) {
                throw new PlanException("A stage has one account and belongs to no campaign.");
            }
        }
    }

    /** Event time at which it is over, milliseconds since 1970 UTC. */
    public long endMs() {
        return plan.start().plus(plan.length()).toEpochMilli();
    }

    /** The account's requests in order of event time; it keeps the age and infrastructure that its first one had. */
    public Iterator<RequestEvent> events() {
        Iterator<RequestEvent> events = new Simulator(plan).events();
        return new Iterator<>() {
            private Optional<RequestEvent> first = Optional.empty();

            @Override
            public boolean hasNext() {
                return events.hasNext();
            }

            @Override
            public RequestEvent next() {
                RequestEvent event = events.next();
                RequestEvent traits = first.orElse(event);
                first = Optional.of(traits);
                event.setAccountId(ACCOUNT);
                event.setAccountCreated(traits.getAccountCreated());
                event.setOrganizationId(traits.getOrganizationId());
                event.setLinks(traits.getLinks());
                return event;
            }
        };
    }
}
