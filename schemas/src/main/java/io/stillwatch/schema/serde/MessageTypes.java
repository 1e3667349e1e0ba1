package io.stillwatch.schema.serde;

import io.stillwatch.schema.AccountLinks;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.ProfileSnapshot;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.ShadowFinding;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.SourceLosses;
import io.stillwatch.schema.TriageRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/** The records that travel on Stillwatch's topics. */
public final class MessageTypes {
    /** Every record that is the value of a topic, in the order of the data's way. */
    public static final List<Class<? extends SpecificRecord>> ALL = List.of(
            RequestEvent.class,
            RequestFingerprint.class,
            ProfileSnapshot.class,
            AccountLinks.class,
            SignatureDefinition.class,
            Alert.class,
            CampaignMember.class,
            ShadowFinding.class,
            TriageRecord.class,
            AllowlistEntry.class,
            Decision.class,
            SourceLosses.class);

    private static final Set<String> GENERATED_CLASSES = generatedClasses();

    private MessageTypes() {}

    /**
     * Lets Avro instantiate the generated classes, and no others.
     *
     * <p>Since 1.12.2 Avro refuses with a {@link SecurityException} to make any class it was not told to trust. The
     * serdes of this package call this themselves. Call it before anything else of Avro's makes or copies a message: a
     * {@code DataFileReader}, a builder started from another record, {@code fromByteBuffer}. Whatever was trusted before
     * stays trusted.
     */
    public static synchronized void trust() {
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        if (!(before instanceof MessagesToo)) {
            ClassSecurityValidator.setGlobal(new MessagesToo(before));
        }
    }

    private record MessagesToo(ClassSecurityPredicate before) implements ClassSecurityPredicate {
        @Override
        public boolean isTrusted(Class<?> type) {
            return GENERATED_CLASSES.contains(type.getName()) || before.isTrusted(type);
        }

        @Override
        public void forbiddenClass(String className) {
            before.forbiddenClass(className);
        }
    }

    /** Class names of the messages and of the records and enums inside them. */
    private static Set<String> generatedClasses() {
        Set<String> names = new LinkedHashSet<>();
        for (Class<? extends SpecificRecord> type : ALL) {
            addNamedTypes(SpecificData.get().getSchema(type), names);
        }
        return names;
    }

    private static void addNamedTypes(Schema schema, Set<String> names) {
        switch (schema.getType()) {
            case RECORD -> {
                if (names.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> addNamedTypes(field.schema(), names));
                }
            }
            case ENUM, FIXED -> names.add(schema.getFullName());
            case ARRAY -> addNamedTypes(schema.getElementType(), names);
            case MAP -> addNamedTypes(schema.getValueType(), names);
            case UNION -> schema.getTypes().forEach(branch -> addNamedTypes(branch, names));
            default -> {
                // Primitive types are no generated classes.
            }
        }
    }
}
