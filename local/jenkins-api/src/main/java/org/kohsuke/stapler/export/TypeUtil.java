package org.kohsuke.stapler.export;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.Map;

/** Looks into generic types. */
public class TypeUtil {
    /** The class without type arguments. */
    @SuppressWarnings("unchecked")
    public static <T> Class<T> erasure(Type t) {
        if (t instanceof Class<?> c) {
            return (Class<T>) c;
        }
        if (t instanceof ParameterizedType p) {
            return erasure(p.getRawType());
        }
        if (t instanceof GenericArrayType array) {
            return (Class<T>) erasure(array.getGenericComponentType()).arrayType();
        }
        if (t instanceof WildcardType wildcard) {
            return erasure(wildcard.getUpperBounds()[0]);
        }
        return erasure(((TypeVariable<?>) t).getBounds()[0]);
    }

    /** How {@code type} extends {@code baseType}, with its variables filled in; null when it does not. */
    public static Type getBaseClass(Type type, Class baseType) {
        Class<?> raw = erasure(type);
        if (raw == baseType) {
            return type;
        }
        if (raw.getGenericSuperclass() != null) {
            Type found = getBaseClass(bind(type, raw.getGenericSuperclass()), baseType);
            if (found != null) {
                return found;
            }
        }
        for (Type implemented : raw.getGenericInterfaces()) {
            Type found = getBaseClass(bind(type, implemented), baseType);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    public static Type getTypeArgument(Type type, int i) {
        return ((ParameterizedType) type).getActualTypeArguments()[i];
    }

    private static Type bind(Type owner, Type superType) {
        if (!(owner instanceof ParameterizedType bound) || !(superType instanceof ParameterizedType open)) {
            return superType;
        }
        Map<Type, Type> values = new HashMap<>();
        TypeVariable<?>[] variables = erasure(bound).getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
            values.put(variables[i], bound.getActualTypeArguments()[i]);
        }
        Type[] arguments = open.getActualTypeArguments();
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = values.getOrDefault(arguments[i], arguments[i]);
        }
        return new Bound(erasure(open), arguments);
    }

    private record Bound(Class<?> raw, Type[] arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.clone();
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public Type getOwnerType() {
            return raw.getDeclaringClass();
        }
    }
}
