package hudson.model;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import jenkins.model.FullyNamed;
import jenkins.model.FullyNamedModelObject;
import org.springframework.security.access.AccessDeniedException;

/** Holds items. */
public interface ItemGroup<T extends Item> extends FullyNamed, FullyNamedModelObject, PersistenceRoot {
    @Override
    String getFullName();

    @Override
    String getFullDisplayName();

    Collection<T> getItems();

    String getUrl();

    String getUrlChildPrefix();

    T getItem(String name) throws AccessDeniedException;

    File getRootDirFor(T child);

    default void onRenamed(T item, String oldName, String newName) throws IOException {}

    void onDeleted(T item) throws IOException;

    /** Items of this type here and below. */
    @SuppressWarnings("unchecked")
    default <T extends Item> List<T> getAllItems(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Item item : getItems()) {
            if (type.isInstance(item)) {
                found.add(type.cast(item));
            }
            if (item instanceof ItemGroup<?> group) {
                found.addAll(group.getAllItems(type));
            }
        }
        return found;
    }

    default List<Item> getAllItems() {
        return getAllItems(Item.class);
    }
}
