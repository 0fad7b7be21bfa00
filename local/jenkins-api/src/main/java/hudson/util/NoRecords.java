package hudson.util;

import com.thoughtworks.xstream.converters.ConversionException;
import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;

/** Fails where a record would be stored: XStream writes it and cannot read it back. */
final class NoRecords implements Converter {
    @Override
    public boolean canConvert(Class type) {
        return type != null && type.isRecord();
    }

    @Override
    public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
        throw refused(source.getClass());
    }

    @Override
    public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
        throw refused(context.getRequiredType());
    }

    private static ConversionException refused(Class<?> type) {
        return new ConversionException(
                type.getName() + " is a record: XStream cannot read it back. Store a plain class instead.");
    }
}
