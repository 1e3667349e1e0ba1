package io.stillwatch.cli.alerts;

import io.stillwatch.alert.Allowlist;
import io.stillwatch.alert.AllowlistValue;
import io.stillwatch.baseline.Baseline;
import io.stillwatch.baseline.BaselineException;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.EntityType;
import io.stillwatch.replay.BaselineReader;
import io.stillwatch.replay.DecisionReader;
import io.stillwatch.replay.DefinitionReader;
import io.stillwatch.replay.Dossier;
import io.stillwatch.replay.DossierReader;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.replay.report.UsualValues;
import io.stillwatch.runtime.Connection;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.signature.SignatureOverlay;
import io.stillwatch.signature.SignatureSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds out on a cluster what it takes to decide on an alert. */
final class AlertInquiry {
    private final TriageDesk desk;
    private final Connection connection;
    private final Map<String, Object> properties;

    AlertInquiry(TriageDesk desk, Connection connection) {
        this.desk = desk;
        this.connection = connection;
        this.properties = connection.clientProperties(Map.of());
    }

    /**
     * Reads all about an alert.
     *
     * @param brief leaves out who it is about, which may take reading many fingerprints
     * @param given baselines to look for what is usual in, beside the published one and the one that ships
     * @param library signatures over which published ones are laid
     */
    ShownAlert about(KnownAlerts.Known known, boolean brief, List<Baseline> given, SignatureSet library) {
        Alert alert = known.newest();
        Set<String> accounts = accounts(alert);
        Set<String> members = members(alert);
        Optional<Dossier> dossier = brief || accounts.isEmpty()
                ? Optional.empty()
                : Optional.of(new DossierReader(desk.topics(), desk.serdes(), properties)
                                .read(accounts, alert.getFirstEventTime()))
                        .filter(found -> found.kept() > 0);
        return new ShownAlert(
                known,
                desk.reader(connection).trail(record -> isAbout(record, known)),
                dossier,
                UsualValues.of(alert, baselines(given)),
                List.copyOf(DecisionReader.read(desk.topics(), desk.serdes(), properties, members::contains)
                        .byAccount()
                        .values()),
                allowed(alert, dossier),
                SignatureOverlay.of(
                                library,
                                DefinitionReader.read(desk.topics(), desk.serdes(), properties)
                                        .definitions())
                        .signatures(),
                desk.meantPipeline());
    }

    private static Set<String> accounts(Alert alert) {
        return alert.getEntityType().equals(EntityType.ACCOUNT)
                ? Set.of(alert.getEntityId())
                : Set.copyOf(alert.getLinkedAccounts());
    }

    /** All whom decisions may be about: an alert lists some of a campaign's members, and fewer once it is closed. */
    private Set<String> members(Alert alert) {
        Set<String> members = new HashSet<>(accounts(alert));
        if (alert.getEntityType().equals(EntityType.CAMPAIGN)) {
            desk.members(connection).stream()
                    .filter(member -> member.getCampaignId().equals(alert.getEntityId()))
                    .forEach(member -> members.add(member.getAccountId()));
        }
        return members;
    }

    private List<Baseline> baselines(List<Baseline> given) {
        List<Baseline> known = new ArrayList<>(given);
        BaselineReader.read(desk.topics(), properties).ifPresent(text -> {
            try {
                known.add(BaselineFile.parse("the published baseline", text));
            } catch (BaselineException e) {
                desk.output()
                        .notice("The published baseline cannot be read, so what is usual may be missing: "
                                + e.getMessage() + ".");
            }
        });
        known.add(BaselineFile.bundled());
        return known;
    }

    private List<AllowlistEntry> allowed(Alert alert, Optional<Dossier> dossier) {
        List<Allowlist.Subject> subjects = new ArrayList<>();
        subjects.add(
                alert.getEntityType().equals(EntityType.ACCOUNT)
                        ? Allowlist.Subject.account(alert.getEntityId())
                        : Allowlist.Subject.campaign(alert.getEntityId()));
        dossier.ifPresent(who -> {
            who.organizations().forEach(name -> subjects.add(AllowlistValue.organization(Hash64.of(name))));
            who.linkKeys()
                    .forEach(
                            (kind, hashes) -> hashes.forEach(hash -> subjects.add(AllowlistValue.linkKey(kind, hash))));
        });
        return new Allowlist(desk.reader(connection).allowlist().byId().values()).about(subjects);
    }

    /** What an order to lift does not name it leaves open, so one that names nothing is about every alert. */
    private static boolean isLiftOf(TriageRecord record, KnownAlerts.Known alert) {
        return (record.getAlertId() == null
                        || record.getAlertId().equals(alert.newest().getAlertId()))
                && (record.getSignatureId() == null || alert.signatureIds().contains(record.getSignatureId()))
                && (record.getEntityId() == null
                        || record.getEntityId().equals(alert.newest().getEntityId())
                        || alert.newest().getLinkedAccounts().contains(record.getEntityId()));
    }

    private static boolean isAbout(TriageRecord record, KnownAlerts.Known alert) {
        if (record.getAction() == TriageAction.LIFT) {
            return isLiftOf(record, alert);
        }
        return record.getAlertId() != null
                ? record.getAlertId().equals(alert.newest().getAlertId())
                : alert.newest().getEntityId().equals(record.getEntityId());
    }
}
