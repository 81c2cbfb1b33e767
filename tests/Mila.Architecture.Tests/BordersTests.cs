using System.Reflection;
using Mila.BuildingBlocks.Documents;

namespace Mila.Architecture.Tests;

public class BordersTests
{
    public static TheoryData<string> Modules => House.EachModule;

    [Fact]
    public void All_six_modules_stand_on_disk()
    {
        House.Modules.Count.ShouldBe(6);
        foreach (var module in House.Modules)
        {
            File.Exists(House.Project(module)).ShouldBeTrue(module);
            File.Exists(House.ContractsProject(module)).ShouldBeTrue(module);
            Directory.Exists(Path.Combine(House.Root, "tests", $"Mila.{module}.Tests")).ShouldBeTrue(module);
        }
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_module_references_contracts_and_never_another_module(string module)
    {
        var references = House.References(House.Project(module));

        references.ShouldContain($"Mila.{module}.Contracts");
        foreach (var reference in references) reference.ShouldEndWith(".Contracts", Case.Sensitive, $"{module} references {reference}");
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_modules_assembly_uses_no_other_modules_assembly(string module)
    {
        var used = House.Assembly(module).GetReferencedAssemblies().Select(a => a.Name!).ToArray();

        used.ShouldContain("Mila.BuildingBlocks");
        used.ShouldNotContain(name => House.Modules.Any(other => name == $"Mila.{other}"));
    }

    [Theory, MemberData(nameof(Modules))]
    public void Contracts_reference_nothing_of_ours(string module)
    {
        House.References(House.ContractsProject(module)).ShouldBeEmpty();
        House.Contracts(module).GetReferencedAssemblies().ShouldNotContain(a => a.Name!.StartsWith("Mila.", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Modules))]
    public void Contracts_hold_sealed_records_of_primitives_that_are_notifications(string module)
    {
        foreach (var type in House.Contracts(module).GetTypes().Where(t => t.IsPublic))
        {
            type.IsSealed.ShouldBeTrue(type.Name);
            type.IsAssignableTo(typeof(MediatR.INotification)).ShouldBeTrue(type.Name);
            type.GetMethod("<Clone>$").ShouldNotBeNull($"{type.Name} is a record");
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)) IsPrimitive(property.PropertyType).ShouldBeTrue($"{type.Name}.{property.Name}");
        }
    }

    [Fact]
    public void Every_notification_names_its_aggregate_by_its_first_guid()
    {
        var notifications = House.Modules.SelectMany(House.Notifications).ToArray();

        notifications.ShouldNotBeEmpty();
        foreach (var notification in notifications)
        {
            var constructor = notification.GetConstructors().Single();
            constructor.GetParameters()[0].ParameterType.ShouldBe(typeof(Guid), notification.Name);
        }
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_modules_face_is_one_public_type(string module)
    {
        var exported = House.Assembly(module).GetExportedTypes();

        exported.Length.ShouldBe(1, string.Join(", ", exported.Select(t => t.Name)));
        exported[0].ShouldBe(House.Assembly(module).GetType($"Mila.{module}.{module}Module"));
        exported[0].IsAssignableTo(typeof(IModule)).ShouldBeTrue();
    }

    [Fact]
    public void The_host_knows_every_module()
    {
        var references = House.References(Path.Combine(House.Root, "src", "Host", "Mila.Host.csproj"));

        foreach (var module in House.Modules) references.ShouldContain($"Mila.{module}");
    }

    [Theory, MemberData(nameof(Modules))]
    public void A_module_keeps_its_documents_in_its_own_schema(string module)
    {
        var instance = (IModule)Activator.CreateInstance(House.Assembly(module).GetExportedTypes()[0])!;
        var options = new Marten.StoreOptions();
        options.Connection("Host=unused");
        instance.ConfigureDocuments(new ModuleDocuments(options, instance.Name.ToLowerInvariant()));

        instance.Name.ShouldBe(module);
        using var store = new Marten.DocumentStore(options);
        var mine = House.Assembly(module).GetTypes().Where(t => t.IsClass && !t.IsAbstract && t.IsAssignableTo(typeof(IDocument))).ToArray();
        mine.ShouldNotBeEmpty();
        foreach (var document in mine) ((Marten.IReadOnlyStoreOptions)store.Options).FindOrResolveDocumentType(document).TableName.Schema.ShouldBe(module.ToLowerInvariant(), document.Name);
    }

    [Fact]
    public void No_module_names_another_modules_schema()
    {
        foreach (var module in House.Modules)
        {
            var files = House.Sources(Path.Combine(House.Root, "src", "Modules", module)).ToArray();
            files.ShouldNotBeEmpty();
            foreach (var file in files)
            {
                var text = File.ReadAllText(file);
                foreach (var other in House.Modules.Where(o => o != module)) text.ShouldNotContain($"{other.ToLowerInvariant()}.mt_doc", Case.Insensitive, file);
            }
        }
    }

    private static bool IsPrimitive(Type type) =>
        type.IsPrimitive || type == typeof(string) || type == typeof(Guid) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(decimal)
        || (Nullable.GetUnderlyingType(type) is { } underlying && IsPrimitive(underlying))
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) && IsPrimitive(type.GetGenericArguments()[0]));
}
