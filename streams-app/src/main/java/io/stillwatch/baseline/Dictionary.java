package io.stillwatch.baseline;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Known ways of asking by kind and name: enrolled apps and kits. Immutable. */
public final class Dictionary {
    /** Nothing known. */
    public static final Dictionary EMPTY = new Dictionary(Map.of());

    private final Map<String, Atom> atoms;

    private Dictionary(Map<String, Atom> atoms) {
        this.atoms = Collections.unmodifiableMap(new TreeMap<>(atoms));
    }

    /**
     * A dictionary of atoms.
     *
     * @throws BaselineException when two of a kind have the same name
     */
    public static Dictionary of(Collection<Atom> atoms) {
        Map<String, Atom> byKey = new TreeMap<>();
        for (Atom atom : atoms) {
            if (byKey.put(key(atom.kind(), atom.name()), atom) != null) {
                throw new BaselineException("two atoms are named " + atom.kind().id() + " " + atom.name()
                        + "; rename or remove one of them");
            }
        }
        return new Dictionary(byKey);
    }

    private static String key(Atom.Kind kind, String name) {
        return kind.id() + " " + name;
    }

    /** In the order of kinds, then names. */
    public List<Atom> atoms() {
        return List.copyOf(atoms.values());
    }

    /** Those of a kind, in the order of names. */
    public List<Atom> atoms(Atom.Kind kind) {
        return atoms.values().stream().filter(atom -> atom.kind() == kind).toList();
    }

    public boolean contains(Atom.Kind kind, String name) {
        return atoms.containsKey(key(kind, name));
    }

    /** The same with an atom, in place of the one of its kind and name. */
    public Dictionary with(Atom atom) {
        Map<String, Atom> more = new TreeMap<>(atoms);
        more.put(key(atom.kind(), atom.name()), atom);
        return new Dictionary(more);
    }

    /** The same without an atom. */
    public Dictionary without(Atom.Kind kind, String name) {
        Map<String, Atom> fewer = new TreeMap<>(atoms);
        fewer.remove(key(kind, name));
        return new Dictionary(fewer);
    }
}
