package com.example;

import java.util.List;

/** A dependency whose answers may be old. */
public interface Catalogue {

    Price price(String product);

    List<Price> prices(String product);

    List<Product> search(String words);
}
