package hudson.util;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.converters.collections.CollectionConverter;
import com.thoughtworks.xstream.security.AnyTypePermission;
import java.util.concurrent.CopyOnWriteArrayList;

/** XStream set up for files below Jenkins' home, which are trusted here; refuses records, as Jenkins cannot read them back. */
public class XStream2 extends XStream {
    public XStream2() {
        super(new com.thoughtworks.xstream.io.xml.DomDriver("UTF-8"));
        addPermission(AnyTypePermission.ANY);
        ignoreUnknownElements();
        registerConverter(new NoRecords(), PRIORITY_VERY_HIGH);
        registerConverter(new CollectionConverter(getMapper(), CopyOnWriteArrayList.class));
        registerConverter(new Secret.ConverterImpl());
    }
}
