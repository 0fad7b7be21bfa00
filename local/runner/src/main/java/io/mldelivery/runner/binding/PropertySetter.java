package io.mldelivery.runner.binding;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

/** A data-bound setter or field. */
final class PropertySetter {
    private interface Store {
        void set(Object target, Object value) throws ReflectiveOperationException;
    }

    private final Type type;
    private final Store store;

    private PropertySetter(Type type, Store store) {
        this.type = type;
        this.store = store;
    }

    static PropertySetter of(Method setter) {
        return new PropertySetter(setter.getGenericParameterTypes()[0], setter::invoke);
    }

    static PropertySetter of(Field field) {
        return new PropertySetter(field.getGenericType(), field::set);
    }

    Type type() {
        return type;
    }

    void set(Object target, Object value) throws Exception {
        try {
            store.set(target, value);
        } catch (InvocationTargetException e) {
            throw DescribableModel.withoutError(e);
        }
    }
}
