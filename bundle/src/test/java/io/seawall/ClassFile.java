package io.seawall;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * What a class file says of itself (JVM specification, section 4), without loading what it needs.
 *
 * @param name as in {@code java.lang.String}
 * @param javaVersion the oldest that runs it
 * @param isPublic whether all may see it, were it not nested
 * @param texts everything in its constant pool that is text: strings, names and descriptors
 * @param references the classes that its code and its signatures need, arrays as their elements
 */
record ClassFile(String name, int javaVersion, boolean isPublic, List<String> texts, List<String> references) {

    private static final int FIRST_JAVA = 44;

    static ClassFile read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        in.readInt(); // the magic number
        in.readUnsignedShort(); // the minor version
        int javaVersion = in.readUnsignedShort() - FIRST_JAVA;
        String[] texts = new String[in.readUnsignedShort()];
        int[] classes = new int[texts.length];
        for (int i = 1; i < texts.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> classes[i] = in.readUnsignedShort();
                case 8, 16, 19, 20 -> in.skipBytes(2); // String, MethodType, Module, Package
                case 15 -> in.skipBytes(3); // MethodHandle
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipBytes(4); // numbers, members, dynamic ones
                case 5, 6 -> { // Long and Double take two places
                    in.skipBytes(8);
                    i++;
                }
                default -> throw new IOException("constant " + i + " has the unknown tag " + tag);
            }
        }
        boolean isPublic = Modifier.isPublic(in.readUnsignedShort());
        String name = texts[classes[in.readUnsignedShort()]].replace('/', '.');
        List<String> all = new ArrayList<>();
        List<String> references = new ArrayList<>();
        for (int i = 1; i < texts.length; i++) {
            if (texts[i] != null) {
                all.add(texts[i]);
            }
            if (classes[i] != 0) {
                element(texts[classes[i]], references);
            }
        }
        return new ClassFile(name, javaVersion, isPublic, all, references);
    }

    boolean isNested() {
        return name.contains("$");
    }

    /** A class stands there by its name, an array by its descriptor, as in {@code [Ljava/lang/String;}. */
    private static void element(String constant, List<String> references) {
        String element = constant;
        if (constant.startsWith("[")) {
            String type = constant.substring(constant.lastIndexOf('[') + 1);
            if (!type.startsWith("L")) {
                return;
            }
            element = type.substring(1, type.length() - 1);
        }
        references.add(element.replace('/', '.'));
    }
}
