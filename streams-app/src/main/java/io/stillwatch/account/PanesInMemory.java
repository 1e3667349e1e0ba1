package io.stillwatch.account;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A pane shelf for as long as a program runs. Not thread-safe. */
public final class PanesInMemory implements PaneShelf {
    private final Map<Kind, NavigableMap<Long, Map<Place, byte[]>>> shelves = new EnumMap<>(Kind.class);

    @Override
    public Optional<byte[]> get(Place place) {
        return Optional.ofNullable(
                shelves(place.kind()).getOrDefault(place.shelf(), Map.of()).get(place));
    }

    @Override
    public List<byte[]> getAll(List<Place> places) {
        List<byte[]> all = new ArrayList<>(places.size());
        places.forEach(place -> all.add(get(place).orElse(null)));
        return all;
    }

    @Override
    public void put(Place place, byte[] value) {
        shelves(place.kind())
                .computeIfAbsent(place.shelf(), shelf -> new HashMap<>())
                .put(place, value);
    }

    @Override
    public void dropBefore(Kind kind, long shelf) {
        shelves(kind).headMap(shelf, false).clear();
    }

    private NavigableMap<Long, Map<Place, byte[]>> shelves(Kind kind) {
        return shelves.computeIfAbsent(kind, none -> new TreeMap<>());
    }
}
