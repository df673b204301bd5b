package com.example;

import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** A dependency that fails at times. */
public interface Bank {

    Receipt charge(Order order) throws IOException;

    CompletionStage<Receipt> chargeLater(Order order);
}
