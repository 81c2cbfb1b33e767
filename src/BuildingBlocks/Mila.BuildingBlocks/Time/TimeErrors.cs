using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Time;

/// <summary>Why a local time in Paris does not name one instant.</summary>
public static class TimeErrors
{
    /// <summary>In the first or the last year of the calendar.</summary>
    public static readonly InvalidError OutOfRange = new("out-of-range", "Between 2002 and 2100.", "Entre 2002 et 2100.");

    /// <summary>The clocks jump over it: 02:30 on the last Sunday of March.</summary>
    public static readonly InvalidError Skipped = new("local-time-skipped",
        "This local time does not exist: the clocks go forward over it.",
        "Cette heure n’existe pas : les horloges avancent à ce moment-là.");

    /// <summary>The clocks go through it twice: 02:30 on the last Sunday of October.</summary>
    public static readonly InvalidError Ambiguous = new("local-time-ambiguous",
        "This local time happens twice: state its offset, +02:00 for the first or +01:00 for the second.",
        "Cette heure a lieu deux fois : précisez son décalage, +02:00 pour la première ou +01:00 pour la seconde.");

    /// <summary>An offset was stated, and Paris does not have it then.</summary>
    public static readonly InvalidError WrongOffset = new("local-time-offset-wrong",
        "Paris does not have this offset at this local time.",
        "Paris n’a pas ce décalage à cette heure-là.");
}
