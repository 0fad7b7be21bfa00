package io.mldelivery.data.address;

import io.mldelivery.model.DeliveryException;
import io.mldelivery.model.DeliveryException.Code;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One page of a list of objects.
 *
 * @param next asks for the next page; empty at the last
 */
record ObjectListing(List<String> objects, Optional<String> next) {

    static ObjectListing read(String source, InputStream xml) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return read(factory.createXMLStreamReader(xml));
        } catch (XMLStreamException e) {
            throw new DeliveryException(
                    Code.DATA,
                    source + ": the store's answer is no list of objects",
                    "Check that the endpoint is that of an S3 store.",
                    e);
        }
    }

    private static ObjectListing read(XMLStreamReader xml) throws XMLStreamException {
        List<String> objects = new ArrayList<>();
        Optional<String> next = Optional.empty();
        boolean inObject = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "Contents" -> inObject = true;
                    case "Key" -> {
                        if (inObject) {
                            objects.add(xml.getElementText());
                        }
                    }
                    case "NextContinuationToken" -> next = Optional.of(xml.getElementText());
                    default -> {
                        // sizes, dates and owners
                    }
                }
            } else if (event == XMLStreamReader.END_ELEMENT
                    && xml.getLocalName().equals("Contents")) {
                inObject = false;
            }
        }
        return new ObjectListing(objects, next);
    }
}
