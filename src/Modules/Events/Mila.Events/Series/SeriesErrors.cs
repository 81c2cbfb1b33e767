namespace Mila.Events.Series;

internal static class SeriesErrors
{
    public static readonly InvalidError WithoutTime = new("series-without-time", "A series starts with an event that has a month or a day.", "Une série commence par un événement qui a un mois ou une date.");
    public static readonly InvalidError OneRhythm = new("series-rhythm", "Say either how it repeats or on which days, and a repetition either in weeks or in months.", "Indiquez soit une répétition, soit des dates, et une répétition soit en semaines, soit en mois.");
    public static readonly InvalidError MonthsOnly = new("series-of-months", "An event whose day is to be confirmed repeats in months.", "Un événement dont la date est à confirmer se répète en mois.");
    public static readonly InvalidError DayRepeated = new("series-day-repeated", "An event of a series has a day of its own.", "Chaque événement d'une série a sa propre date.");
    public static readonly InvalidError TooLong = new("series-too-long", "A series ends within ten years of its first event.", "Une série finit dans les dix ans qui suivent son premier événement.");
}
